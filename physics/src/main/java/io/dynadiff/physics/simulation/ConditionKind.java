package io.dynadiff.physics.simulation;

/**
 * A condition that a system's environments differ by.
 *
 * @param name name, letters and hyphens
 * @param unit unit in UDUNITS notation; 1 where dimensionless
 * @param standard value where nobody names one, finite
 * @param changeable whether it may change while a feed runs
 */
public record ConditionKind(String name, String unit, double standard, boolean changeable) {

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

  /** A condition that may change while a feed runs. */
  public ConditionKind(String name, String unit, double standard) {
    this(name, unit, standard, true);
  }

  /** A condition that a feed keeps from its first frame to its last. */
  public static ConditionKind fixed(String name, String unit, double standard) {
    return new ConditionKind(name, unit, standard, false);
  }
}
