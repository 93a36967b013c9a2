package io.dynadiff.trainer.data;

import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.lambdaomega.LambdaOmegaParameters;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * The laws of the simulated systems, for frames as a plan asks for them.
 *
 * <p>On a periodic square vorticity and, without a mean force, both velocities keep their means.
 * Lambda-Omega conserves nothing linear, nor does Lotka-Volterra, whose invariant is logarithmic.
 * The lattice flow past a cylinder is slightly compressible, and drag takes momentum out of it.
 */
final class SimulatedLaws {

  private SimulatedLaws() {}

  static SystemLaws of(String system, DataPlan plan, FieldShape shape) {
    return switch (system) {
      case LambdaOmegaSeries.SYSTEM -> lambdaOmega(plan);
      case KolmogorovFlow.SYSTEM -> kolmogorovFlow(plan, shape);
      case ForcedNavierStokes.SYSTEM -> navierStokes(plan, shape);
      default -> SystemLaws.none();
    };
  }

  private static SystemLaws lambdaOmega(DataPlan plan) {
    if (!plan.channels().equals(List.of("u", "v"))) {
      return SystemLaws.none();
    }
    LambdaOmegaParameters parameters = LambdaOmegaEnvironments.standard().parameters();
    return new SystemLaws(
        List.of(),
        Optional.of(
            new LambdaOmegaEquation(parameters.domainLength(), parameters.mu(), e -> e[0])));
  }

  private static SystemLaws kolmogorovFlow(DataPlan plan, FieldShape shape) {
    int periods = KolmogorovFlow.FORCING_PERIODS;
    float[] force =
        onGrid(shape, -Math.PI, 2 * Math.PI, (x, y) -> -periods * Math.cos(periods * y));
    return flow(
        plan, shape, new VorticityEquation(2 * Math.PI, at(plan), e -> 1 / e[0], e -> force));
  }

  private static SystemLaws navierStokes(DataPlan plan, FieldShape shape) {
    double viscosity =
        SimulationRecipes.form(ForcedNavierStokes.SYSTEM, plan)
            .settings()
            .get(SystemForm.VISCOSITY);
    return flow(
        plan,
        shape,
        new VorticityEquation(
            1,
            at(plan),
            e -> viscosity,
            e ->
                onGrid(
                    shape,
                    0,
                    1,
                    (x, y) -> {
                      double angle = 2 * Math.PI * (x + y + e[1]);
                      return e[0] * (Math.sin(angle) + Math.cos(angle));
                    })));
  }

  private static int at(DataPlan plan) {
    return plan.channels().indexOf("w");
  }

  private static SystemLaws flow(DataPlan plan, FieldShape shape, VorticityEquation equation) {
    List<LinearInvariant> means = new ArrayList<>();
    for (int c = 0; c < shape.channels(); c++) {
      means.add(LinearInvariant.mean("mean of " + plan.channels().get(c), shape, c));
    }
    return new SystemLaws(means, equation.channel() < 0 ? Optional.empty() : Optional.of(equation));
  }

  private static float[] onGrid(
      FieldShape shape, double origin, double length, DoubleBinaryOperator function) {
    float[] values = new float[shape.points()];
    for (int y = 0, p = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++, p++) {
        values[p] =
            (float)
                function.applyAsDouble(
                    origin + x * length / shape.width(), origin + y * length / shape.height());
      }
    }
    return values;
  }
}
