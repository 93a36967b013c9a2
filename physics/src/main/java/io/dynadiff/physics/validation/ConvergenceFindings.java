package io.dynadiff.physics.validation;

import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraSolver;
import io.dynadiff.physics.validation.Plot.Scale;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import java.util.List;
import java.util.stream.Stream;

/** Orders of convergence of all solvers beside those of their schemes. */
final class ConvergenceFindings {
  private static final String FINER = "a finer run";

  private ConvergenceFindings() {}

  static Findings all() {
    // On the lattice cell and step shrink together, so one measurement shows both orders.
    Curve lattice = ConvergenceValidation.latticeInSpace(16, 24, 32, 64);
    Findings time = inTime(lattice);
    Findings space = inSpace(lattice);
    return new Findings(
        Stream.concat(time.checks().stream(), space.checks().stream()).toList(),
        Stream.concat(time.plots().stream(), space.plots().stream()).toList());
  }

  private static Findings inTime(Curve lattice) {
    Curve flow = ConvergenceValidation.flowInTime();
    Curve lambdaOmega = ConvergenceValidation.lambdaOmegaInTime();
    Curve lotkaVolterra = ConvergenceValidation.lotkaVolterraInTolerance();
    double[] steps = lattice.x().clone();
    for (int i = 0; i < steps.length; i++) {
      steps[i] *= steps[i];
    }
    Curve latticeInTime = new Curve("lattice", steps, lattice.y());
    return new Findings(
        List.of(
            order(KolmogorovFlow.SYSTEM, "order in time", "ETDRK4, against " + FINER, flow, 4, 0.6),
            order(
                LambdaOmegaSeries.SYSTEM,
                "order in time",
                "ETDRK4, against " + FINER,
                lambdaOmega,
                4,
                0.6),
            order(
                CylinderSolver.SYSTEM,
                "order in time of the lattice, step = cell squared",
                "lattice Boltzmann, against Taylor-Green",
                latticeInTime,
                1,
                0.2),
            order(
                LotkaVolterraSolver.SYSTEM,
                "order of the error in the step tolerance",
                "step control by error, against tolerance 1e-13",
                lotkaVolterra,
                1,
                0.25)),
        List.of(
            new Plot(
                "order-in-time",
                "Error against the time step",
                "time step (model units; lattice: cell squared)",
                "error (root mean square)",
                Scale.LOGARITHMIC,
                List.of(flow, lambdaOmega, latticeInTime, flow.line(4), latticeInTime.line(1)),
                List.of("order 4", "order 1")),
            new Plot(
                "order-in-tolerance",
                "Lotka-Volterra: error against the tolerance",
                "tolerance of a step",
                "error after 20 time units",
                Scale.LOGARITHMIC,
                List.of(lotkaVolterra, lotkaVolterra.line(1)),
                List.of("order 1"))));
  }

  private static Findings inSpace(Curve lattice) {
    Curve flow = ConvergenceValidation.flowInSpace();
    Curve lambdaOmega = ConvergenceValidation.lambdaOmegaInSpace();
    return new Findings(
        List.of(
            spectral(ForcedNavierStokes.SYSTEM, flow),
            spectral(LambdaOmegaSeries.SYSTEM, lambdaOmega),
            order(
                CylinderSolver.SYSTEM,
                "order in space of the lattice",
                "lattice Boltzmann, against Taylor-Green",
                lattice,
                2,
                0.4)),
        List.of(
            new Plot(
                "order-in-space",
                "Error against the grid spacing",
                "grid spacing (fraction of the side)",
                "error (root mean square)",
                Scale.LOGARITHMIC,
                List.of(flow, lambdaOmega, lattice, lattice.line(2)),
                List.of("order 2"))));
  }

  private static Check order(
      String system, String name, String reference, Curve curve, double order, double tolerance) {
    return new Check(system, name, reference, curve.logSlope(), order, tolerance, "1");
  }

  /** Faster than any power: at least order 8, where a scheme of fourth order leaves 1/16. */
  private static Check spectral(String system, Curve curve) {
    return new Check(
        system,
        "error on 32 points over error on 16, smooth field",
        "spectral: faster than any power",
        curve.y()[curve.y().length - 1] / curve.y()[0],
        0,
        1 / 256.0,
        "1");
  }
}
