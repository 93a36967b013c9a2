package io.dynadiff.physics.validation;

/**
 * One measured number beside the number it should be.
 *
 * @param system name of the system
 * @param name what was measured, for example "Strouhal number at Re 100"
 * @param reference where the expected number comes from: an exact solution or a publication
 * @param measured the number found; NaN never passes
 * @param expected the number it should be, finite
 * @param tolerance largest distance allowed between the two, finite, 0 or more, in the unit given
 * @param unit unit of all three numbers in UDUNITS notation; 1 where dimensionless
 */
public record Check(
    String system,
    String name,
    String reference,
    double measured,
    double expected,
    double tolerance,
    String unit) {

  public Check {
    if (system.isBlank() || name.isBlank() || reference.isBlank() || unit.isBlank()) {
      throw new IllegalArgumentException(
          "check: expected a system, a name, a reference and a unit, found '%s', '%s', '%s', '%s'"
              .formatted(system, name, reference, unit));
    }
    if (!Double.isFinite(expected) || !(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new IllegalArgumentException(
          "check %s: expected a finite number and a tolerance from 0 on, found %s and %s"
              .formatted(name, expected, tolerance));
    }
  }

  /** Whether the measured number lies within the tolerance of the expected one. */
  public boolean passed() {
    return Math.abs(measured - expected) <= tolerance;
  }
}
