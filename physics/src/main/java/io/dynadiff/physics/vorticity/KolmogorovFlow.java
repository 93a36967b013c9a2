package io.dynadiff.physics.vorticity;

import io.dynadiff.physics.simulation.ConditionKind;
import io.dynadiff.physics.simulation.SimulatedSystem;
import io.dynadiff.physics.spectral.DealiasedModes;
import java.util.List;

/**
 * Kolmogorov flow: w_t + u . grad w = (1/Re) Lap w - n cos(n y) with n = 3 on the torus [-pi,
 * pi)^2.
 *
 * <p>The laminar state is u = (Re / n^2) sin(n y), w = -(Re / n) cos(n y); it is unstable above Re
 * = 6.71 for n = 3 (Meshalkin and Sinai 1961 give the method).
 */
public final class KolmogorovFlow {
  /** Name of the system. */
  public static final String SYSTEM = "kolmogorov-flow";

  /** Periods of the force along y. */
  public static final int FORCING_PERIODS = 3;

  /**
   * Model time integrated before frame 0, which takes the random low modes of the start to the flow
   * that the force sustains.
   */
  public static final double SPIN_UP = 20;

  private static final int INITIAL_WAVENUMBER = 4;

  private KolmogorovFlow() {}

  /**
   * A solver.
   *
   * @param reynolds Reynolds number, greater than 0
   * @param solverPoints grid points per side inside the solver, even, 12 or more
   * @param outputPoints grid points per side of the frames, even
   * @param timeStep longest time step in time units
   */
  public static VorticitySolver solver(
      double reynolds, int solverPoints, int outputPoints, double timeStep) {
    if (!(reynolds > 0) || Double.isInfinite(reynolds)) {
      throw new IllegalArgumentException(
          "kolmogorov-flow reynolds: expected a finite number greater than 0, found " + reynolds);
    }
    return new VorticitySolver(
        new VorticityParameters(
            -Math.PI, 2 * Math.PI, 1 / reynolds, solverPoints, outputPoints, timeStep),
        List.of(new ForcingMode(0, FORCING_PERIODS, -FORCING_PERIODS, 0)),
        KolmogorovFlow::lowModes);
  }

  /**
   * The system whose one condition is reynolds.
   *
   * @param solverPoints grid points per side inside the solver
   * @param outputPoints grid points per side of the frames
   * @param timeStep longest time step in time units
   */
  public static SimulatedSystem<VorticityState> system(
      int solverPoints, int outputPoints, double timeStep) {
    return new SimulatedSystem<>(
        SYSTEM,
        List.of(new ConditionKind("reynolds", "1", 100)),
        VorticitySolver.CHANNELS,
        VorticitySolver.grid(-Math.PI, 2 * Math.PI, outputPoints),
        SPIN_UP,
        values -> solver(values[0], solverPoints, outputPoints, timeStep));
  }

  /** Random modes up to wavenumber 4, scaled to the energy 1. */
  private static double[] lowModes(long seed, DealiasedModes modes) {
    double[] drawn =
        RandomVorticity.draw(
            seed, modes, INITIAL_WAVENUMBER, k -> k > INITIAL_WAVENUMBER + 0.5 ? 0 : k);
    double energy = 0;
    for (int m = 0; m < modes.count(); m++) {
      energy +=
          (drawn[2 * m] * drawn[2 * m] + drawn[2 * m + 1] * drawn[2 * m + 1])
              / (modes.kx(m) * modes.kx(m) + modes.ky(m) * modes.ky(m));
    }
    double scale = 1 / Math.sqrt(energy);
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] *= scale;
    }
    return drawn;
  }
}
