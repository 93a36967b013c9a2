package io.dynadiff.models.bundle;

/**
 * A governing condition that a bundle's prompter infers.
 *
 * @param name name, for example beta
 * @param unit unit in UDUNITS notation, 1 where dimensionless
 * @param mean mean over the seen environments, in unit
 * @param deviation standard deviation over the seen environments, in unit, positive
 * @param period what may be added without changing the environment, in unit, as for a phase; 0
 *     where nothing may
 */
public record ConditionSpec(
    String name, String unit, double mean, double deviation, double period) {

  public ConditionSpec {
    if (name.isBlank() || !(deviation > 0) || !(period >= 0)) {
      throw new IllegalArgumentException(
          "condition: expected a name, a positive deviation and a period from 0 on, found name \""
              + name
              + "\", deviation "
              + deviation
              + " and period "
              + period);
    }
  }

  /** A condition without a period. */
  public ConditionSpec(String name, String unit, double mean, double deviation) {
    this(name, unit, mean, deviation, 0);
  }

  /** Whether values a period apart are the same environment. */
  public boolean periodic() {
    return period > 0;
  }
}
