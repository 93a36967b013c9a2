package io.dynadiff.physics.environments;

import io.dynadiff.physics.cylinder.CylinderParameters;
import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.cylinder.CylinderState;
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
import java.util.Set;
import java.util.TreeMap;

/** The simulated systems, solved as their property files and {@link SystemForm}s say. */
public final class SimulatedSystems {

  /** Names of the systems that can be simulated. */
  public static final Set<String> NAMES =
      Set.of(
          LambdaOmegaSeries.SYSTEM,
          KolmogorovFlow.SYSTEM,
          ForcedNavierStokes.SYSTEM,
          LotkaVolterraSolver.SYSTEM,
          CylinderSolver.SYSTEM);

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

  /** Lambda-Omega with the condition beta, in its standard form. */
  public static SimulatedSystem<LambdaOmegaState> lambdaOmega() {
    return lambdaOmega(standard(LambdaOmegaSeries.SYSTEM));
  }

  /** Lambda-Omega with the condition beta and all its channels, solved as a form says. */
  public static SimulatedSystem<LambdaOmegaState> lambdaOmega(SystemForm form) {
    LambdaOmegaParameters own = LambdaOmegaEnvironments.standard().parameters();
    return LambdaOmegaSeries.system(
        new LambdaOmegaParameters(
            own.mu(),
            own.beta(),
            own.domainLength(),
            form.solverPoints(),
            form.framePoints(),
            form.timeStep()));
  }

  /** Kolmogorov flow with the condition reynolds, in its standard form. */
  public static SimulatedSystem<VorticityState> kolmogorovFlow() {
    return kolmogorovFlow(standard(KolmogorovFlow.SYSTEM));
  }

  /** Kolmogorov flow with the condition reynolds and all its channels, solved as a form says. */
  public static SimulatedSystem<VorticityState> kolmogorovFlow(SystemForm form) {
    return KolmogorovFlow.system(form.solverPoints(), form.framePoints(), form.timeStep());
  }

  /** Forced Navier-Stokes with the conditions amplitude and shift, in its standard form. */
  public static SimulatedSystem<VorticityState> navierStokes() {
    return navierStokes(standard(ForcedNavierStokes.SYSTEM));
  }

  /**
   * Forced Navier-Stokes with the conditions amplitude and shift, in its standard form but for the
   * viscosity.
   *
   * @param viscosity nu, greater than 0
   */
  public static SimulatedSystem<VorticityState> navierStokes(double viscosity) {
    return navierStokes(
        standard(ForcedNavierStokes.SYSTEM).withSettings(Map.of(SystemForm.VISCOSITY, viscosity)));
  }

  /**
   * Forced Navier-Stokes with the conditions amplitude and shift and all its channels, solved as a
   * form says.
   */
  public static SimulatedSystem<VorticityState> navierStokes(SystemForm form) {
    return ForcedNavierStokes.system(
        setting(form, SystemForm.VISCOSITY),
        form.solverPoints(),
        form.framePoints(),
        form.timeStep());
  }

  /** Lotka-Volterra with the conditions beta and delta. */
  public static SimulatedSystem<LotkaVolterraState> lotkaVolterra() {
    return LotkaVolterraSolver.system(properties(LotkaVolterraSolver.SYSTEM).number("tolerance"));
  }

  /**
   * Flow past a cylinder with the conditions radius and reynolds, in its standard form, computed on
   * one thread.
   */
  public static SimulatedSystem<CylinderState> cylinderFlow() {
    return cylinderFlow(standard(CylinderSolver.SYSTEM), 1);
  }

  /**
   * Flow past a cylinder with the conditions radius and reynolds, in its standard form but for the
   * lattice.
   *
   * @param latticeScale cells along a side for one of 512 x 256: 0.25, 0.5, ..., 4
   * @param threads threads of each solver, at least 1; the numbers do not depend on it
   */
  public static SimulatedSystem<CylinderState> cylinderFlow(double latticeScale, int threads) {
    return cylinderFlow(standard(CylinderSolver.SYSTEM).withLatticeScale(latticeScale), threads);
  }

  /**
   * Flow past a cylinder with the conditions radius and reynolds, solved as a form says.
   *
   * @param threads threads of each solver, at least 1; the numbers do not depend on it
   */
  public static SimulatedSystem<CylinderState> cylinderFlow(SystemForm form, int threads) {
    return CylinderSolver.system((reynolds, radius) -> cylinder(form, reynolds, radius), threads);
  }

  /**
   * The lattice of a form and a flow on it.
   *
   * @param radius radius in cells of the standard lattice
   */
  public static CylinderParameters cylinder(SystemForm form, double reynolds, double radius) {
    return CylinderParameters.scaled(
        reynolds,
        radius,
        form.latticeScale(),
        form.framePoints(),
        setting(form, SystemForm.INFLOW));
  }

  private static double setting(SystemForm form, String name) {
    Double changed = form.settings().get(name);
    return changed == null ? properties(form.system()).number(name) : changed;
  }

  private static SystemForm standard(String system) {
    return SystemForm.of(system, SystemForm.STANDARD);
  }

  /**
   * A system as its feeds show it: solved, cut to channels and begun as a form says.
   *
   * @param threads threads of each solver where it can use several, at least 1; the numbers do not
   *     depend on it
   */
  public static SimulatedSystem<?> shown(SystemForm form, int threads) {
    SimulatedSystem<?> solved =
        switch (form.system()) {
          case LambdaOmegaSeries.SYSTEM -> lambdaOmega(form);
          case KolmogorovFlow.SYSTEM -> kolmogorovFlow(form);
          case ForcedNavierStokes.SYSTEM -> navierStokes(form);
          case LotkaVolterraSolver.SYSTEM -> lotkaVolterra();
          case CylinderSolver.SYSTEM -> cylinderFlow(form, threads);
          default -> throw unknown(form.system());
        };
    SimulatedSystem<?> begun =
        form.spinUp().isPresent() ? solved.withSpinUp(form.spinUp().getAsDouble()) : solved;
    return begun.withChannels(form.channels());
  }

  /**
   * A system by its name, in its standard form.
   *
   * @throws IllegalArgumentException if it cannot be simulated; names those that can
   */
  public static SimulatedSystem<?> named(String system) {
    if (!NAMES.contains(system)) {
      throw unknown(system);
    }
    return shown(standard(system), 1);
  }

  private static IllegalArgumentException unknown(String system) {
    return new IllegalArgumentException(
        "simulated system: expected lambda-omega, kolmogorov-flow, navier-stokes,"
            + " lotka-volterra or cylinder-flow, found '"
            + system
            + "'");
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
