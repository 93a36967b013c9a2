package io.dynadiff.physics.vorticity;

import java.util.Locale;

/**
 * The square, the viscosity and the resolution a flow is solved at.
 *
 * @param origin coordinate of the first grid point along x and y, finite
 * @param domainLength side of the periodic square, greater than 0
 * @param viscosity kinematic viscosity nu, greater than 0
 * @param solverPoints grid points per side inside the solver, even, 8 to 1024; two thirds of the
 *     modes are kept
 * @param outputPoints grid points per side of the frames given out, even, 4 to solverPoints
 * @param timeStep longest time step in time units, greater than 0; the solver refuses it where it
 *     is above {@link #stableTimeStep(double)} for the speed of the flow
 */
public record VorticityParameters(
    double origin,
    double domainLength,
    double viscosity,
    int solverPoints,
    int outputPoints,
    double timeStep) {

  /** Extent of the stability region of fourth-order Runge-Kutta methods near the imaginary axis. */
  private static final double STABILITY_EXTENT = 2.5;

  public VorticityParameters {
    if (!Double.isFinite(origin)) {
      throw new IllegalArgumentException(
          "vorticity origin: expected a finite number, found " + origin);
    }
    requirePositive("domain length", domainLength);
    requirePositive("viscosity", viscosity);
    requirePositive("time step", timeStep);
    if (solverPoints < 8 || solverPoints > 1024 || solverPoints % 2 != 0) {
      throw new IllegalArgumentException(
          "vorticity solver points: expected an even number from 8 to 1024, found " + solverPoints);
    }
    if (outputPoints < 4 || outputPoints > solverPoints || outputPoints % 2 != 0) {
      throw new IllegalArgumentException(
          "vorticity output points: expected an even number from 4 to the solver's "
              + solverPoints
              + ", found "
              + outputPoints);
    }
  }

  /**
   * Longest stable time step for a flow, in time units.
   *
   * <p>Viscosity is integrated exactly, so only advection limits the step: its stiffest rate is the
   * speed times the largest wavenumber that dealiasing keeps.
   *
   * @param speed largest |u| + |v|, length per time unit, greater than 0
   */
  public double stableTimeStep(double speed) {
    int cutoff = (solverPoints - 1) / 3;
    return STABILITY_EXTENT * domainLength / (2 * Math.PI * cutoff * speed);
  }

  /** The same at another viscosity. */
  public VorticityParameters withViscosity(double other) {
    return new VorticityParameters(
        origin, domainLength, other, solverPoints, outputPoints, timeStep);
  }

  void requireStable(double step, double speed) {
    double stable = stableTimeStep(speed);
    if (step > stable) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "vorticity time step: expected at most %.6g for a flow of speed %.6g on %d points,"
                  + " found %.6g; choose a shorter time step",
              stable,
              speed,
              solverPoints,
              step));
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "vorticity " + name + ": expected a finite number greater than 0, found " + value);
    }
  }
}
