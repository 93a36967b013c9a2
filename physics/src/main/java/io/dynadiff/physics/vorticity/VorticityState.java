package io.dynadiff.physics.vorticity;

/**
 * One instant of the vorticity, as the Fourier modes that dealiasing keeps; immutable.
 *
 * <p>Made by {@link VorticitySolver}; fits every solver of the same number of solver points.
 */
public final class VorticityState {
  private final int points;
  private final double time;
  private final double[] modes;

  /** Takes ownership of the modes, interleaved (re, im) in the order of the solver's modes. */
  VorticityState(int points, double time, double[] modes) {
    this.points = points;
    this.time = time;
    this.modes = modes;
  }

  /** Grid points per side of the solver this state belongs to. */
  public int solverPoints() {
    return points;
  }

  /** Time since the initial state, in time units. */
  public double time() {
    return time;
  }

  /** The modes themselves, not a copy; must not be written to. */
  double[] modes() {
    return modes;
  }
}
