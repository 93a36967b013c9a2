package io.dynadiff.physics.simulation;

/**
 * A condition that a system's environments differ by.
 *
 * @param name name, letters and hyphens
 * @param unit unit in UDUNITS notation; 1 where dimensionless
 * @param standard value where nobody names one, finite
 */
public record ConditionKind(String name, String unit, double standard) {

  public ConditionKind {
    if (name == null || !name.matches("[a-z][a-z-]*")) {
      throw new IllegalArgumentException(
          "condition name: expected lower-case letters and hyphens, found '" + name + "'");
    }
    if (!Double.isFinite(standard)) {
      throw new IllegalArgumentException(
          "condition " + name + ": expected a finite standard value, found " + standard);
    }
  }
}
