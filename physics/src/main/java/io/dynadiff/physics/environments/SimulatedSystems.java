package io.dynadiff.physics.environments;

import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.cylinder.CylinderState;
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

/** The simulated systems at the resolution that their property files name. */
public final class SimulatedSystems {
  private static final List<String> SOLVER_SETTINGS =
      List.of(
          "mu",
          "domain-length",
          "viscosity",
          "solver-points",
          "frame-points",
          "lattice-scale",
          "time-step",
          "tolerance");

  private SimulatedSystems() {}

  /** Lambda-Omega with the condition beta. */
  public static SimulatedSystem<LambdaOmegaState> lambdaOmega() {
    return LambdaOmegaSeries.system(LambdaOmegaEnvironments.standard().parameters());
  }

  /** Kolmogorov flow with the condition reynolds. */
  public static SimulatedSystem<VorticityState> kolmogorovFlow() {
    EnvironmentProperties p = properties(KolmogorovFlow.SYSTEM);
    return KolmogorovFlow.system(
        p.integer("solver-points"), p.integer("frame-points"), p.number("time-step"));
  }

  /** Forced Navier-Stokes with the conditions amplitude and shift, at the paper's viscosity. */
  public static SimulatedSystem<VorticityState> navierStokes() {
    return navierStokes(properties(ForcedNavierStokes.SYSTEM).number("viscosity"));
  }

  /**
   * Forced Navier-Stokes with the conditions amplitude and shift.
   *
   * @param viscosity nu, greater than 0
   */
  public static SimulatedSystem<VorticityState> navierStokes(double viscosity) {
    EnvironmentProperties p = properties(ForcedNavierStokes.SYSTEM);
    return ForcedNavierStokes.system(
        viscosity, p.integer("solver-points"), p.integer("frame-points"), p.number("time-step"));
  }

  /** Lotka-Volterra with the conditions beta and delta. */
  public static SimulatedSystem<LotkaVolterraState> lotkaVolterra() {
    return LotkaVolterraSolver.system(properties(LotkaVolterraSolver.SYSTEM).number("tolerance"));
  }

  /** Flow past a cylinder with the conditions radius and reynolds, computed on one thread. */
  public static SimulatedSystem<CylinderState> cylinderFlow() {
    return cylinderFlow(1);
  }

  /**
   * Flow past a cylinder with the conditions radius and reynolds, on the lattice of the property
   * file.
   *
   * @param threads threads of each solver, at least 1; the numbers do not depend on it
   */
  public static SimulatedSystem<CylinderState> cylinderFlow(int threads) {
    return cylinderFlow(properties(CylinderSolver.SYSTEM).number("lattice-scale"), threads);
  }

  /**
   * Flow past a cylinder with the conditions radius and reynolds.
   *
   * @param latticeScale cells along a side for one of 512 x 256: 0.25, 0.5, ..., 4
   * @param threads threads of each solver, at least 1; the numbers do not depend on it
   */
  public static SimulatedSystem<CylinderState> cylinderFlow(double latticeScale, int threads) {
    return CylinderSolver.system(latticeScale, threads);
  }

  /**
   * A system by its name.
   *
   * @throws IllegalArgumentException if it cannot be simulated; names those that can
   */
  public static SimulatedSystem<?> named(String system) {
    return switch (system) {
      case LambdaOmegaSeries.SYSTEM -> lambdaOmega();
      case KolmogorovFlow.SYSTEM -> kolmogorovFlow();
      case ForcedNavierStokes.SYSTEM -> navierStokes();
      case LotkaVolterraSolver.SYSTEM -> lotkaVolterra();
      case CylinderSolver.SYSTEM -> cylinderFlow();
      default ->
          throw new IllegalArgumentException(
              "simulated system: expected lambda-omega, kolmogorov-flow, navier-stokes,"
                  + " lotka-volterra or cylinder-flow, found '"
                  + system
                  + "'");
    };
  }

  /** Version of a system's solver; another one whenever the same seed gives other numbers. */
  public static String solverVersion(String system) {
    return properties(system).text("solver-version");
  }

  /** Settings of a system's solver by name, as its property file has them. */
  public static Map<String, String> solverSettings(String system) {
    EnvironmentProperties p = properties(system);
    Map<String, String> settings = new TreeMap<>();
    SOLVER_SETTINGS.stream().filter(p::has).forEach(name -> settings.put(name, p.text(name)));
    return settings;
  }

  /** Event time between frames of a system in milliseconds; 1000 ms are one model time unit. */
  public static long intervalMillis(String system) {
    return properties(system).integer("interval-ms");
  }

  private static EnvironmentProperties properties(String system) {
    return new EnvironmentProperties(system + ".properties");
  }
}
