package io.dynadiff.trainer.data;

import io.dynadiff.physics.cylinder.CylinderParameters;
import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.cylinder.CylinderState;
import io.dynadiff.physics.environments.SimulatedEnvironments;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.environments.SystemForm;
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
 * The recipe of each simulated system: solved as its {@link SystemForm} says, so that feeds look
 * like what was learnt from, and begun with states that do not tell the environment.
 */
final class SimulationRecipes {

  /** Reynolds number of a lattice cell up to which coarse lattices were seen to stay stable. */
  private static final double LARGEST_CELL_REYNOLDS = 27;

  /** Above this modulus everywhere no spiral is left, and the field only rotates. */
  private static final double CORE_MODULUS = 0.5;

  private SimulationRecipes() {}

  static SimulationRecipe<?> of(String system, DataPlan plan) {
    return switch (system) {
      case LambdaOmegaSeries.SYSTEM -> lambdaOmega(form(system, plan));
      case KolmogorovFlow.SYSTEM -> kolmogorovFlow(form(system, plan));
      case ForcedNavierStokes.SYSTEM -> navierStokes(form(system, plan));
      case LotkaVolterraSolver.SYSTEM -> lotkaVolterra();
      case CylinderSolver.SYSTEM -> cylinderFlow(form(system, plan));
      default ->
          throw new IllegalArgumentException(
              "simulated data: expected lambda-omega, kolmogorov-flow, navier-stokes, lotka-volterra"
                  + " or cylinder-flow, found '"
                  + system
                  + "'");
    };
  }

  /** The form of a plan: the laptop's on the plan's grid. */
  static SystemForm form(String system, DataPlan plan) {
    return SystemForm.of(system, SystemForm.LAPTOP)
        .at(plan.gridPoints())
        .withSettings(plan.settings());
  }

  private static SimulationRecipe<LambdaOmegaState> lambdaOmega(SystemForm form) {
    SimulatedSystem<LambdaOmegaState> system = SimulatedSystems.lambdaOmega(form);
    return new SimulationRecipe<>(
        system,
        settings(form, form.timeStep(), form.solverPoints(), 5, 80),
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
        Symmetries::lambdaOmega,
        shape -> Equivalences.none());
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

  private static SimulationRecipe<VorticityState> kolmogorovFlow(SystemForm form) {
    SimulatedSystem<VorticityState> system = SimulatedSystems.kolmogorovFlow(form);
    return new SimulationRecipe<>(
        system,
        settings(form, form.timeStep(), form.solverPoints(), 10, 14),
        new BurnIn<>(system, environments(system), (other, own) -> true, 10, 14, frame -> true)
            ::state,
        environment -> true,
        new double[1],
        new boolean[] {true, true, true},
        new int[] {0, 1, 2},
        FlowSymmetries::kolmogorov,
        shape -> Equivalences.none());
  }

  private static SimulationRecipe<VorticityState> navierStokes(SystemForm form) {
    SimulatedSystem<VorticityState> system = SimulatedSystems.navierStokes(form);
    return new SimulationRecipe<>(
        system,
        settings(form, form.timeStep(), form.solverPoints(), 5, 20),
        new BurnIn<>(system, environments(system), (other, own) -> true, 5, 20, frame -> true)
            ::state,
        environment -> true,
        new double[] {0, 1},
        new boolean[] {true, true, true},
        new int[] {0, 1, 1},
        FlowSymmetries::diagonalForce,
        FlowSymmetries::forcePhase);
  }

  /**
   * The radius shows in every frame, so a state may as well have developed around the same
   * cylinder; its Reynolds number is another one.
   */
  private static SimulationRecipe<CylinderState> cylinderFlow(SystemForm form) {
    SimulatedSystem<CylinderState> system = SimulatedSystems.cylinderFlow(form, 1);
    double scale = form.latticeScale();
    Predicate<double[]> resolved = e -> e[1] / (2 * e[0] * scale) <= LARGEST_CELL_REYNOLDS;
    // Any flow tells the lattice.
    CylinderParameters lattice = SimulatedSystems.cylinder(form, 20, 16);
    Map<String, String> settings =
        settings(form, 1.0 / lattice.stepsPerTimeUnit(), form.framePoints(), 15, 20);
    settings.put("lattice", lattice.width() + " x " + lattice.height());
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
        FlowSymmetries::cylinder,
        shape -> Equivalences.none());
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
        shape -> Symmetries.none(),
        shape -> Equivalences.none());
  }

  private static Map<String, String> settings(
      SystemForm form, double step, int points, double shortest, double longest) {
    Map<String, String> settings = new TreeMap<>();
    form.settings().forEach((name, value) -> settings.put(name, Double.toString(value)));
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
