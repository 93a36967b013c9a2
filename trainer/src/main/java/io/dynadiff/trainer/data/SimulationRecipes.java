package io.dynadiff.trainer.data;

import io.dynadiff.physics.cylinder.CylinderParameters;
import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.cylinder.CylinderState;
import io.dynadiff.physics.environments.SimulatedEnvironments;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.lambdaomega.LambdaOmegaParameters;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.lambdaomega.LambdaOmegaState;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraSolver;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraState;
import io.dynadiff.physics.simulation.SimulatedSystem;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import io.dynadiff.physics.vorticity.VorticityState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The recipe of each simulated system.
 *
 * <p>Flows on periodic squares are learnt from vorticity, which determines them; velocity follows
 * from it and adds nothing. Navier-Stokes is solved with exactly the wavenumbers that a frame
 * holds: half as many points again in the solver, whose 2/3 rule keeps what the frame's grid
 * represents. So a frame determines the next one. Kolmogorov flow at high Reynolds numbers has
 * finer structure than that; it is solved on twice the frame's points.
 */
final class SimulationRecipes {

  private static final int PLAN_POINTS = 32;

  /** Time steps at 32 points per side; finer grids need proportionally shorter ones. */
  private static final double KOLMOGOROV_STEP = 0.01;

  private static final double NAVIER_STOKES_STEP = 0.025;

  private static final int CYLINDER_ROWS = 64;
  private static final double PAPER_INFLOW = 0.04;
  private static final int PAPER_STEPS = 1000;

  /** Reynolds number of a lattice cell up to which coarse lattices were seen to stay stable. */
  private static final double LARGEST_CELL_REYNOLDS = 27;

  private static final double DOMAIN_LENGTH = 20;
  private static final double MU = 0.5;
  private static final double LAMBDA_OMEGA_STEP = 0.1;

  /** Above this modulus everywhere no spiral is left, and the field only rotates. */
  private static final double CORE_MODULUS = 0.5;

  private SimulationRecipes() {}

  static SimulationRecipe<?> of(String system, DataPlan plan) {
    return switch (system) {
      case LambdaOmegaSeries.SYSTEM -> lambdaOmega(plan);
      case KolmogorovFlow.SYSTEM -> kolmogorovFlow(plan);
      case ForcedNavierStokes.SYSTEM -> navierStokes(plan);
      case LotkaVolterraSolver.SYSTEM -> lotkaVolterra();
      case CylinderSolver.SYSTEM -> cylinderFlow(plan);
      default ->
          throw new IllegalArgumentException(
              "simulated data: expected lambda-omega, kolmogorov-flow, navier-stokes, lotka-volterra"
                  + " or cylinder-flow, found '"
                  + system
                  + "'");
    };
  }

  private static SimulationRecipe<LambdaOmegaState> lambdaOmega(DataPlan plan) {
    int points = plan.gridPoints();
    SimulatedSystem<LambdaOmegaState> system =
        LambdaOmegaSeries.system(
            new LambdaOmegaParameters(MU, 1.25, DOMAIN_LENGTH, points, points, LAMBDA_OMEGA_STEP));
    return new SimulationRecipe<>(
        system,
        settings(plan, LAMBDA_OMEGA_STEP, points, 5, 80),
        new BurnIn<>(
                system,
                environments(system),
                (other, own) -> true,
                5,
                80,
                SimulationRecipes::hasCores)
            ::state,
        environment -> true,
        new double[1],
        new boolean[] {true, true},
        new int[] {0, 0},
        Symmetries::lambdaOmega);
  }

  private static boolean hasCores(float[] frame) {
    int points = frame.length / 2;
    for (int p = 0; p < points; p++) {
      if (Math.hypot(frame[p], frame[points + p]) < CORE_MODULUS) {
        return true;
      }
    }
    return false;
  }

  private static SimulationRecipe<VorticityState> kolmogorovFlow(DataPlan plan) {
    int points = plan.gridPoints();
    double step = KOLMOGOROV_STEP * PLAN_POINTS / points;
    SimulatedSystem<VorticityState> system = KolmogorovFlow.system(2 * points, points, step);
    return new SimulationRecipe<>(
        system,
        settings(plan, step, 2 * points, 10, 14),
        new BurnIn<>(system, environments(system), (other, own) -> true, 10, 14, frame -> true)
            ::state,
        environment -> true,
        new double[1],
        new boolean[] {true, true, true},
        new int[] {0, 1, 2},
        FlowSymmetries::kolmogorov);
  }

  private static SimulationRecipe<VorticityState> navierStokes(DataPlan plan) {
    int points = plan.gridPoints();
    double step = NAVIER_STOKES_STEP * PLAN_POINTS / points;
    double viscosity =
        plan.settings().getOrDefault("viscosity", ForcedNavierStokes.PAPER_VISCOSITY);
    SimulatedSystem<VorticityState> system =
        ForcedNavierStokes.system(viscosity, 3 * points / 2, points, step);
    return new SimulationRecipe<>(
        system,
        settings(plan, step, 3 * points / 2, 5, 20),
        new BurnIn<>(system, environments(system), (other, own) -> true, 5, 20, frame -> true)
            ::state,
        environment -> true,
        new double[] {0, 1},
        new boolean[] {true, true, true},
        new int[] {0, 1, 1},
        FlowSymmetries::diagonalForce);
  }

  /**
   * The radius shows in every frame, so a state may as well have developed around the same
   * cylinder; its Reynolds number is another one.
   */
  private static SimulationRecipe<CylinderState> cylinderFlow(DataPlan plan) {
    double scale = plan.gridPoints() / (double) CYLINDER_ROWS;
    double inflow = plan.settings().getOrDefault("inflow", PAPER_INFLOW);
    // The cylinder's wake takes as long in model time whatever the lattice and its velocity.
    int steps = (int) Math.round(PAPER_STEPS * scale * PAPER_INFLOW / inflow);
    SimulatedSystem<CylinderState> system =
        CylinderSolver.system(
            (reynolds, radius) ->
                new CylinderParameters(
                    reynolds,
                    radius * scale,
                    8 * plan.gridPoints(),
                    4 * plan.gridPoints(),
                    2 * plan.gridPoints(),
                    plan.gridPoints(),
                    inflow,
                    steps),
            1);
    Predicate<double[]> resolved = e -> e[1] / (2 * e[0] * scale) <= LARGEST_CELL_REYNOLDS;
    Map<String, String> settings = settings(plan, 1.0 / steps, plan.gridPoints(), 15, 20);
    settings.put("lattice", 8 * plan.gridPoints() + " x " + 4 * plan.gridPoints());
    return new SimulationRecipe<>(
        system,
        settings,
        new BurnIn<>(
                system,
                environments(system).stream().filter(resolved).toList(),
                (other, own) -> other[0] == own[0],
                15,
                20,
                frame -> true)
            ::state,
        resolved,
        new double[2],
        new boolean[] {false, true},
        new int[] {0, 1},
        FlowSymmetries::cylinder);
  }

  /** Starts are uniform in a square whatever the environment, so nothing needs burning in. */
  private static SimulationRecipe<LotkaVolterraState> lotkaVolterra() {
    SimulatedSystem<LotkaVolterraState> system = SimulatedSystems.lotkaVolterra();
    return new SimulationRecipe<>(
        system,
        SimulatedSystems.solverSettings(system.name()),
        (seed, own) -> system.solvers().under(own).initial(seed),
        environment -> true,
        new double[2],
        new boolean[2],
        new int[] {0, 1},
        shape -> Symmetries.none());
  }

  private static Map<String, String> settings(
      DataPlan plan, double step, int points, double shortest, double longest) {
    Map<String, String> settings = new TreeMap<>();
    plan.settings().forEach((name, value) -> settings.put(name, Double.toString(value)));
    settings.put("solver-points", Integer.toString(points));
    settings.put("time-step", Double.toString(step));
    settings.put("burn-in", shortest + " to " + longest + " under another environment");
    return settings;
  }

  private static List<double[]> environments(SimulatedSystem<?> system) {
    return SimulatedEnvironments.of(system.name()).all().stream()
        .map(e -> system.conditionNames().stream().mapToDouble(e.conditions()::get).toArray())
        .toList();
  }
}
