package io.dynadiff.physics.cylinder;

/**
 * One instant of the flow past a cylinder; immutable.
 *
 * <p>Made by {@link CylinderSolver}; fits solvers of the same lattice and radius. The populations
 * take 72 bytes a cell, 9 MiB on the standard lattice.
 */
public final class CylinderState {
  private final double time;
  private final double radius;
  private final double[] populations;

  CylinderState(double time, double radius, double[] populations) {
    this.time = time;
    this.radius = radius;
    this.populations = populations;
  }

  /** Time since the initial state, in model time units. */
  public double time() {
    return time;
  }

  /** Radius of the cylinder in cells. */
  double radius() {
    return radius;
  }

  /** The populations themselves, not a copy; must not be written to. */
  double[] populations() {
    return populations;
  }
}
