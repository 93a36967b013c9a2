package io.dynadiff.physics.lambdaomega;

/**
 * One instant of the amplitude A, as Fourier coefficients of the solver's grid; immutable, so that
 * one state can be continued under several betas.
 *
 * <p>Made by {@link LambdaOmegaSolver}; fits every solver of the same number of solver points.
 */
public final class LambdaOmegaState {
  private final int points;
  private final double time;
  private final double[] spectrum;

  /** Takes ownership of the spectrum: interleaved (re, im), axes [ky, kx], scaled by 1/points^2. */
  LambdaOmegaState(int points, double time, double[] spectrum) {
    if (spectrum.length != 2 * points * points) {
      throw new IllegalArgumentException(
          "lambda-omega state: expected "
              + 2 * points * points
              + " numbers for "
              + points
              + " points per side, found "
              + spectrum.length);
    }
    this.points = points;
    this.time = time;
    this.spectrum = spectrum;
  }

  /** Grid points per side of the solver this state belongs to. */
  public int solverPoints() {
    return points;
  }

  /** Time since the initial state, in time units. */
  public double time() {
    return time;
  }

  /** The coefficients themselves, not a copy; must not be written to. */
  double[] spectrum() {
    return spectrum;
  }
}
