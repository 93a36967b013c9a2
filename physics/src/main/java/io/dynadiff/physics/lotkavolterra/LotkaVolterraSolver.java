package io.dynadiff.physics.lotkavolterra;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.simulation.ConditionKind;
import io.dynadiff.physics.simulation.FieldSolver;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEIntegrator;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/**
 * Solves the Lotka-Volterra equations with the embedded Runge-Kutta pair of Dormand and Prince of
 * order 8(5,3), whose steps follow the tolerance.
 *
 * <p>Not thread-safe: one solver per thread.
 */
public final class LotkaVolterraSolver implements FieldSolver<LotkaVolterraState> {
  /** Name of the system. */
  public static final String SYSTEM = "lotka-volterra";

  private static final double SHORTEST_STEP = 1e-10;
  private static final double LONGEST_STEP = 1;
  private static final double LEAST_START = 1;
  private static final double GREATEST_START = 3;

  private final LotkaVolterraParameters parameters;
  private final ODEIntegrator integrator;
  private final OrdinaryDifferentialEquation equation = new Rates();

  public LotkaVolterraSolver(LotkaVolterraParameters parameters) {
    this.parameters = parameters;
    this.integrator =
        new DormandPrince853Integrator(
            SHORTEST_STEP, LONGEST_STEP, parameters.tolerance(), parameters.tolerance());
  }

  /** The system with conditions beta and delta, alpha and gamma as in the paper. */
  public static SimulatedSystem<LotkaVolterraState> system(double tolerance) {
    double rate = LotkaVolterraParameters.PAPER_RATE;
    return new SimulatedSystem<>(
        SYSTEM,
        List.of(new ConditionKind("beta", "1", 0.75), new ConditionKind("delta", "1", 0.75)),
        List.of(new Channel("prey", "1"), new Channel("predators", "1")),
        new Grid(1, 1, 0, 0, 1, 1, "1", Coordinates.PLANE, false),
        0,
        values ->
            new LotkaVolterraSolver(
                new LotkaVolterraParameters(rate, values[0], rate, values[1], tolerance)));
  }

  /** The parameters this solver was made with. */
  public LotkaVolterraParameters parameters() {
    return parameters;
  }

  @Override
  public FieldShape frameShape() {
    return new FieldShape(2, 1, 1);
  }

  /** Both populations uniform in [1, 3), as in the paper. */
  @Override
  public LotkaVolterraState initial(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new LotkaVolterraState(
        random.nextDouble(LEAST_START, GREATEST_START),
        random.nextDouble(LEAST_START, GREATEST_START),
        0);
  }

  @Override
  public LotkaVolterraState advance(LotkaVolterraState state, double duration) {
    if (!(duration > 0) || Double.isInfinite(duration)) {
      throw new IllegalArgumentException(
          "lotka-volterra advance: expected a finite duration greater than 0, found " + duration);
    }
    try {
      // Time does not occur in the equations; beginning at 0 keeps steps exact however old a feed.
      double[] end =
          integrator
              .integrate(
                  equation,
                  new ODEState(0, new double[] {state.prey(), state.predators()}),
                  duration)
              .getPrimaryState();
      return new LotkaVolterraState(end[0], end[1], state.time() + duration);
    } catch (MathRuntimeException e) {
      throw new ArithmeticException(
          "lotka-volterra advance: tolerance "
              + parameters.tolerance()
              + " cannot be met from "
              + state
              + ": "
              + e.getMessage());
    }
  }

  @Override
  public float[] frame(LotkaVolterraState state) {
    return new float[] {(float) state.prey(), (float) state.predators()};
  }

  /** The quantity that every trajectory keeps: delta x - gamma ln x + beta y - alpha ln y. */
  public double invariant(LotkaVolterraState state) {
    return parameters.delta() * state.prey()
        - parameters.gamma() * Math.log(state.prey())
        + parameters.beta() * state.predators()
        - parameters.alpha() * Math.log(state.predators());
  }

  private final class Rates implements OrdinaryDifferentialEquation {
    @Override
    public int getDimension() {
      return 2;
    }

    @Override
    public double[] computeDerivatives(double time, double[] populations) {
      double x = populations[0];
      double y = populations[1];
      return new double[] {
        x * (parameters.alpha() - parameters.beta() * y),
        y * (parameters.delta() * x - parameters.gamma())
      };
    }
  }
}
