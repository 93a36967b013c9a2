package io.dynadiff.models.bundle;

/**
 * A governing condition that a bundle's prompter infers.
 *
 * @param name name, for example beta
 * @param unit unit in UDUNITS notation, 1 where dimensionless
 * @param mean mean over the seen environments, in unit
 * @param deviation standard deviation over the seen environments, in unit, positive
 */
public record ConditionSpec(String name, String unit, double mean, double deviation) {

  public ConditionSpec {
    if (name.isBlank() || !(deviation > 0)) {
      throw new IllegalArgumentException(
          "condition: expected a name and a positive deviation, found name \""
              + name
              + "\" and deviation "
              + deviation);
    }
  }
}
