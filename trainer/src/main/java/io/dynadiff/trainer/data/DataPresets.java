package io.dynadiff.trainer.data;

import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraSolver;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import java.util.List;
import java.util.Map;

/** The plans behind {@link DataPlan#of}. */
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
      case LambdaOmegaSeries.SYSTEM ->
          plan(12, 13, 64, 2, 8, 51, 50, 32, 1, List.of("u", "v"), Map.of(), seed);
      case KolmogorovFlow.SYSTEM ->
          plan(12, 10, 24, 2, 4, 51, 50, 32, 1, List.of("w"), Map.of(), seed);
      case ForcedNavierStokes.SYSTEM ->
          plan(
              24,
              20,
              32,
              2,
              4,
              51,
              50,
              32,
              12,
              List.of("w"),
              Map.of("viscosity", ForcedNavierStokes.RICH_VISCOSITY),
              seed);
      case CylinderSolver.SYSTEM ->
          plan(16, 8, 4, 2, 3, 41, 40, 32, 2, List.of("u", "v"), Map.of("inflow", 0.0625), seed);
      case LotkaVolterraSolver.SYSTEM ->
          plan(24, 20, 64, 2, 8, 101, 100, 1, 1, List.of("prey", "predators"), Map.of(), seed);
      case ERA5 -> plan(18, 6, 1, 1, 1, 432, 6, 16, 1, List.of("t2m"), Map.of(), seed);
      default -> throw unknown(system);
    };
  }

  /** Enough to run every stage, and good for nothing else. */
  private static DataPlan smoke(String system, long seed) {
    DataPlan laptop = laptop(system, seed);
    return system.equals(ERA5)
        ? laptop
        : plan(
            3,
            2,
            2,
            1,
            1,
            20,
            10,
            laptop.gridPoints(),
            laptop.intervalMultiple(),
            laptop.channels(),
            laptop.settings(),
            seed);
  }

  /** The papers' counts, grids and intervals, all unseen environments; hours to days. */
  private static DataPlan paper(String system, long seed) {
    return switch (system) {
      case LambdaOmegaSeries.SYSTEM ->
          plan(12, 39, 100, 2, 20, 101, 100, 64, 1, List.of("u", "v"), Map.of(), seed);
      case KolmogorovFlow.SYSTEM ->
          plan(12, 39, 100, 2, 20, 101, 50, 64, 1, List.of("w", "u", "v"), Map.of(), seed);
      case ForcedNavierStokes.SYSTEM ->
          plan(24, 97, 100, 2, 20, 101, 50, 64, 1, List.of("w", "u", "v"), Map.of(), seed);
      case CylinderSolver.SYSTEM ->
          plan(96, 400, 100, 2, 20, 101, 100, 64, 1, List.of("u", "v"), Map.of(), seed);
      case LotkaVolterraSolver.SYSTEM ->
          plan(24, 97, 100, 2, 20, 101, 100, 1, 1, List.of("prey", "predators"), Map.of(), seed);
      case ERA5 -> laptop(system, seed);
      default -> throw unknown(system);
    };
  }

  private static DataPlan plan(
      int seen,
      int unseen,
      int training,
      int validation,
      int test,
      int length,
      int horizon,
      int gridPoints,
      int intervalMultiple,
      List<String> channels,
      Map<String, Double> settings,
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
        gridPoints,
        intervalMultiple,
        channels,
        DataPlan.settings(settings),
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
