package io.dynadiff.physics.field;

/**
 * One governing condition of an environment, for example a coefficient of its equations.
 *
 * @param name name of the condition, not blank
 * @param value its value in unit, finite
 * @param unit unit in UDUNITS notation, not blank; 1 where dimensionless
 */
public record Condition(String name, double value, String unit) {

  public Condition {
    Text.requireText("condition name", name);
    Text.requireText("condition unit", unit);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "condition " + name + ": expected a finite value, found " + value);
    }
  }
}
