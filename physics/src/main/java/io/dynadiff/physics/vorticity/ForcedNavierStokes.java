package io.dynadiff.physics.vorticity;

import io.dynadiff.physics.simulation.ConditionKind;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.util.List;

/**
 * Navier-Stokes with a diagonal force: w_t + u . grad w = nu Lap w + A [sin 2 pi (x + y + s) + cos
 * 2 pi (x + y + s)] on the torus [0, 1)^2.
 *
 * <p>With the force alone the flow comes to rest at w = f / (8 pi^2 nu). At the viscosity {@link
 * #PAPER_VISCOSITY} that state is stable and every flow decays to it at a rate of 4 pi^2 nu = 0.39
 * at least, so a feed is nearly stationary after some 10 time units; {@link #RICH_VISCOSITY} keeps
 * it moving. The force has the period 1 in s, so s = 0 and s = 1 are the same environment.
 */
public final class ForcedNavierStokes {
  /** Name of the system. */
  public static final String SYSTEM = "navier-stokes";

  /** Viscosity of the method's paper. */
  public static final double PAPER_VISCOSITY = 0.01;

  /** Viscosity of the older data sets that share this force, at which the flow stays in motion. */
  public static final double RICH_VISCOSITY = 0.001;

  // The random field of the Fourier neural operator's data: tau^(3/2) (4 pi^2 k^2 + tau^2)^(-5/4).
  private static final double TAU = 7;
  private static final double HALF_ALPHA = 1.25;
  private static final int INITIAL_WAVENUMBER = 20;

  private ForcedNavierStokes() {}

  /**
   * A solver.
   *
   * @param amplitude A, finite
   * @param shift s, in periods along the diagonal, finite
   * @param viscosity nu, greater than 0
   * @param solverPoints grid points per side inside the solver, even
   * @param outputPoints grid points per side of the frames, even
   * @param timeStep longest time step in time units
   */
  public static VorticitySolver solver(
      double amplitude,
      double shift,
      double viscosity,
      int solverPoints,
      int outputPoints,
      double timeStep) {
    if (!Double.isFinite(amplitude) || !Double.isFinite(shift)) {
      throw new IllegalArgumentException(
          "navier-stokes force: expected a finite amplitude and shift, found "
              + amplitude
              + " and "
              + shift);
    }
    double angle = 2 * Math.PI * shift;
    return new VorticitySolver(
        new VorticityParameters(0, 1, viscosity, solverPoints, outputPoints, timeStep),
        List.of(
            new ForcingMode(
                1,
                1,
                amplitude * (Math.sin(angle) + Math.cos(angle)),
                amplitude * (Math.cos(angle) - Math.sin(angle)))),
        (seed, modes) ->
            RandomVorticity.draw(
                seed, modes, INITIAL_WAVENUMBER, ForcedNavierStokes::initialDeviation));
  }

  /**
   * The system whose conditions are amplitude and shift.
   *
   * @param viscosity nu, greater than 0
   * @param solverPoints grid points per side inside the solver
   * @param outputPoints grid points per side of the frames
   * @param timeStep longest time step in time units
   */
  public static SimulatedSystem<VorticityState> system(
      double viscosity, int solverPoints, int outputPoints, double timeStep) {
    return new SimulatedSystem<>(
        SYSTEM,
        List.of(new ConditionKind("amplitude", "1", 0.2), new ConditionKind("shift", "1", 0)),
        VorticitySolver.CHANNELS,
        VorticitySolver.grid(0, 1, outputPoints),
        0,
        values -> solver(values[0], values[1], viscosity, solverPoints, outputPoints, timeStep));
  }

  private static double initialDeviation(double wavenumber) {
    double square = 4 * Math.PI * Math.PI * wavenumber * wavenumber + TAU * TAU;
    return Math.pow(TAU, 1.5) * Math.pow(square, -HALF_ALPHA);
  }
}
