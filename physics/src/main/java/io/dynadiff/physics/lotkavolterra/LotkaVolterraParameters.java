package io.dynadiff.physics.lotkavolterra;

/**
 * Rates of the Lotka-Volterra equations and the accuracy they are solved to.
 *
 * @param alpha growth rate of the prey, greater than 0
 * @param beta rate at which predators take prey, greater than 0
 * @param gamma death rate of the predators, greater than 0
 * @param delta growth rate of the predators per prey, greater than 0
 * @param tolerance error allowed per step, relative and absolute, 1e-13 to 1e-2
 */
public record LotkaVolterraParameters(
    double alpha, double beta, double gamma, double delta, double tolerance) {

  /** Growth rate of the prey and death rate of the predators in the method's paper. */
  public static final double PAPER_RATE = 0.5;

  /** Keeps the invariant to 1e-8 over 100 time units. */
  public static final double STANDARD_TOLERANCE = 1e-11;

  public LotkaVolterraParameters {
    requirePositive("alpha", alpha);
    requirePositive("beta", beta);
    requirePositive("gamma", gamma);
    requirePositive("delta", delta);
    if (!(tolerance >= 1e-13 && tolerance <= 1e-2)) {
      throw new IllegalArgumentException(
          "lotka-volterra tolerance: expected 1e-13 to 1e-2, found " + tolerance);
    }
  }

  /** Alpha and gamma of the paper, the standard tolerance. */
  public static LotkaVolterraParameters standard(double beta, double delta) {
    return new LotkaVolterraParameters(PAPER_RATE, beta, PAPER_RATE, delta, STANDARD_TOLERANCE);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "lotka-volterra " + name + ": expected a finite number greater than 0, found " + value);
    }
  }
}
