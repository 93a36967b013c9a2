package io.dynadiff.trainer.data;

import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraSolver;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import java.util.List;
import java.util.TreeMap;

/** The plans behind {@link DataPlan#of}: how many frames, in forms that feeds share. */
final class DataPresets {

  private static final String ERA5 = "era5-uk";

  private DataPresets() {}

  static DataPlan of(String system, String preset, long seed) {
    return switch (preset) {
      case "laptop" -> laptop(system, seed);
      case "smoke" -> smoke(system, seed);
      case "paper" -> paper(system, seed);
      default ->
          throw new IllegalArgumentException(
              "data plan: expected the preset laptop, smoke or paper, found '" + preset + "'");
    };
  }

  /** Simulated in minutes on two cores. */
  private static DataPlan laptop(String system, long seed) {
    return switch (system) {
      case LambdaOmegaSeries.SYSTEM -> plan(laptop(system), 12, 13, 64, 2, 8, 51, 50, seed);
      case KolmogorovFlow.SYSTEM -> plan(laptop(system), 12, 30, 24, 2, 4, 51, 50, seed);
      case ForcedNavierStokes.SYSTEM -> plan(laptop(system), 24, 20, 32, 2, 4, 51, 50, seed);
      case CylinderSolver.SYSTEM -> plan(laptop(system), 24, 24, 10, 2, 3, 41, 40, seed);
      case LotkaVolterraSolver.SYSTEM -> plan(laptop(system), 24, 20, 64, 2, 8, 101, 100, seed);
      case ERA5 ->
          new DataPlan(
              DataPlan.Split.STANDARD,
              18,
              6,
              0,
              1,
              1,
              1,
              432,
              6,
              16,
              1,
              List.of("t2m"),
              new TreeMap<>(),
              seed);
      default -> throw unknown(system);
    };
  }

  /** Enough to run every stage, and good for nothing else. */
  private static DataPlan smoke(String system, long seed) {
    return SimulatedSystems.NAMES.contains(system)
        ? plan(laptop(system), 3, 2, 2, 1, 1, 20, 10, seed)
        : laptop(system, seed);
  }

  /** The papers' counts, grids and intervals, all unseen environments; hours to days. */
  private static DataPlan paper(String system, long seed) {
    return switch (system) {
      case LambdaOmegaSeries.SYSTEM -> plan(paper(system), 12, 39, 100, 2, 20, 101, 100, seed);
      case KolmogorovFlow.SYSTEM -> plan(paper(system), 12, 39, 100, 2, 20, 101, 50, seed);
      case ForcedNavierStokes.SYSTEM -> plan(paper(system), 24, 97, 100, 2, 20, 101, 50, seed);
      case CylinderSolver.SYSTEM -> plan(paper(system), 96, 400, 100, 2, 20, 101, 100, seed);
      case LotkaVolterraSolver.SYSTEM -> plan(paper(system), 24, 97, 100, 2, 20, 101, 100, seed);
      case ERA5 -> laptop(system, seed);
      default -> throw unknown(system);
    };
  }

  private static SystemForm laptop(String system) {
    return SystemForm.of(system, SystemForm.LAPTOP);
  }

  private static SystemForm paper(String system) {
    return SystemForm.of(system, SystemForm.PAPER);
  }

  /** How much of frames of a form. */
  private static DataPlan plan(
      SystemForm form,
      int seen,
      int unseen,
      int training,
      int validation,
      int test,
      int length,
      int horizon,
      long seed) {
    return new DataPlan(
        DataPlan.Split.STANDARD,
        seen,
        unseen,
        0,
        training,
        validation,
        test,
        length,
        horizon,
        form.framePoints(),
        (int) (form.intervalMillis() / SimulatedSystems.intervalMillis(form.system())),
        form.channels(),
        form.settings(),
        seed);
  }

  private static IllegalArgumentException unknown(String system) {
    return new IllegalArgumentException(
        "data plan: expected lambda-omega, kolmogorov-flow, navier-stokes, cylinder-flow,"
            + " lotka-volterra or era5-uk, found '"
            + system
            + "'");
  }
}
