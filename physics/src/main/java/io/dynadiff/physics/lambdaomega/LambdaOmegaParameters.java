package io.dynadiff.physics.lambdaomega;

/**
 * Coefficients of the Lambda-Omega equation and the resolution it is solved at.
 *
 * @param mu diffusivity, length squared per time unit, greater than 0
 * @param beta frequency of the homogeneous oscillation, radians per time unit, finite
 * @param domainLength side of the periodic square, which is centred on 0, greater than 0
 * @param solverPoints grid points per side inside the solver, even, 8 to 1024
 * @param outputPoints grid points per side of the frames given out, even, 4 to solverPoints
 * @param timeStep longest time step in time units, greater than 0 and at most {@link
 *     #stableTimeStep(double)} for beta
 */
public record LambdaOmegaParameters(
    double mu,
    double beta,
    double domainLength,
    int solverPoints,
    int outputPoints,
    double timeStep) {

  /** Amplitude |A| up to which a time step must be stable; initial states stay below it. */
  static final double LARGEST_AMPLITUDE = 1.5;

  /** Extent of the stability region of fourth-order Runge-Kutta methods near the real axis. */
  private static final double STABILITY_EXTENT = 2.5;

  public LambdaOmegaParameters {
    requirePositive("mu", mu);
    requirePositive("domain length", domainLength);
    requirePositive("time step", timeStep);
    if (!Double.isFinite(beta)) {
      throw new IllegalArgumentException(
          "lambda-omega beta: expected a finite number, found " + beta);
    }
    if (solverPoints < 8 || solverPoints > 1024 || solverPoints % 2 != 0) {
      throw new IllegalArgumentException(
          "lambda-omega solver points: expected an even number from 8 to 1024, found "
              + solverPoints);
    }
    if (outputPoints < 4 || outputPoints > solverPoints || outputPoints % 2 != 0) {
      throw new IllegalArgumentException(
          "lambda-omega output points: expected an even number from 4 to the solver's "
              + solverPoints
              + ", found "
              + outputPoints);
    }
    double stable = stableTimeStep(beta);
    if (timeStep > stable) {
      throw new IllegalArgumentException(
          String.format(
              java.util.Locale.ROOT,
              "lambda-omega time step: expected at most %.6g for beta %.6g (stable up to amplitude"
                  + " %.2g), found %.6g; choose a shorter time step",
              stable,
              beta,
              LARGEST_AMPLITUDE,
              timeStep));
    }
  }

  /** The system of this project: mu 0.5 on [-10, 10)^2, frames of 32 x 32 points. */
  public static LambdaOmegaParameters standard(double beta) {
    return new LambdaOmegaParameters(0.5, beta, 20.0, 32, 32, 0.1);
  }

  /** The same system at another beta. */
  public LambdaOmegaParameters withBeta(double newBeta) {
    return new LambdaOmegaParameters(
        mu, newBeta, domainLength, solverPoints, outputPoints, timeStep);
  }

  /**
   * Longest stable time step for a beta, in time units.
   *
   * <p>Diffusion is integrated exactly, so only the reaction limits the step: its stiffest rate at
   * amplitude R is (3 R^2 - 1) sqrt(1 + beta^2).
   */
  public static double stableTimeStep(double beta) {
    double rate = (3 * LARGEST_AMPLITUDE * LARGEST_AMPLITUDE - 1) * Math.sqrt(1 + beta * beta);
    return STABILITY_EXTENT / rate;
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "lambda-omega " + name + ": expected a finite number greater than 0, found " + value);
    }
  }
}
