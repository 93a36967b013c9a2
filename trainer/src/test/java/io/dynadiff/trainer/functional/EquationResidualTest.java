package io.dynadiff.trainer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.lambdaomega.LambdaOmegaParameters;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSolver;
import io.dynadiff.physics.lambdaomega.LambdaOmegaState;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import io.dynadiff.physics.vorticity.VorticitySolver;
import io.dynadiff.physics.vorticity.VorticityState;
import io.dynadiff.trainer.data.LambdaOmegaEquation;
import io.dynadiff.trainer.data.VorticityEquation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class EquationResidualTest {

  private static final int POINTS = 24;
  private static final FieldShape VORTICITY = new FieldShape(1, POINTS, POINTS);
  private static final Shape ONE = new Shape(1, 1, 1, VORTICITY.points());
  private static final double SIDE = 2 * Math.PI;
  private static final FieldNormalisation SCALED =
      new FieldNormalisation(new double[] {0}, new double[] {4});

  private static float[] onGrid(double origin, double length, DoubleBinaryOperator function) {
    float[] values = new float[POINTS * POINTS];
    for (int p = 0; p < values.length; p++) {
      values[p] =
          (float)
              function.applyAsDouble(
                  origin + length * (p % POINTS) / POINTS, origin + length * (p / POINTS) / POINTS);
    }
    return values;
  }

  /** -3 cos 3y, as in Kolmogorov flow, with the Reynolds number as the one condition. */
  private static VorticityEquation kolmogorov() {
    float[] force = onGrid(-Math.PI, SIDE, (x, y) -> -3 * Math.cos(3 * y));
    return new VorticityEquation(SIDE, 0, e -> 1 / e[0], e -> force);
  }

  private static VorticityRate vorticity(VorticityEquation equation, NDManager manager) {
    return new VorticityRate(equation, VORTICITY, SCALED, manager);
  }

  private static double rms(NDArray values) {
    return Math.sqrt(values.square().mean().getFloat());
  }

  @Test
  void shouldLeaveTheLaminarFlowAtRestAndNoOther() {
    double reynolds = 20;
    float[] laminar = onGrid(-Math.PI, SIDE, (x, y) -> -reynolds / 3 * Math.cos(3 * y));
    try (NDManager manager = NDManager.newBaseManager()) {
      VorticityRate rate = vorticity(kolmogorov(), manager);
      NDArray field = manager.create(laminar, new Shape(1, 1, POINTS, POINTS));
      assertThat(rms(rate.of(field, List.of(new double[] {reynolds})))).isLessThan(1e-4);
      // At twice the viscosity diffusion exceeds the force by as much again.
      assertThat(rms(rate.of(field, List.of(new double[] {reynolds / 2}))))
          .isBetween(0.99 * 3 / Math.sqrt(2), 1.01 * 3 / Math.sqrt(2));
    }
  }

  @Test
  void shouldAdvectAlongTheVelocityThatBelongsToTheVorticity() {
    VorticityEquation free =
        new VorticityEquation(SIDE, 0, e -> 0, e -> new float[POINTS * POINTS]);
    float[] field = onGrid(0, SIDE, (x, y) -> Math.cos(y) + 2 * Math.cos(2 * x));
    // psi = cos y + cos(2x) / 2, u = psi_y = -sin y, v = -psi_x = sin 2x;
    // -(u w_x + v w_y) = -(sin y 4 sin 2x) + sin 2x sin y = -3 sin y sin 2x
    float[] rate = onGrid(0, SIDE, (x, y) -> -3 * Math.sin(y) * Math.sin(2 * x));
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape shape = new Shape(1, 1, POINTS, POINTS);
      NDArray found =
          vorticity(free, manager).of(manager.create(field, shape), List.of(new double[1]));
      assertThat(rms(found.sub(manager.create(rate, shape)))).isLessThan(1e-4);
    }
  }

  /** Residual of solved frames under the right and under other conditions, over the change. */
  private static double[] ofSolver(
      VorticitySolver solver,
      VorticityEquation equation,
      double interval,
      double spinUp,
      double[]... conditions) {
    VorticityState state = solver.advance(solver.initial(3), spinUp);
    float[] before = Arrays.copyOf(solver.frame(state), VORTICITY.points());
    float[] after =
        Arrays.copyOf(solver.frame(solver.advance(state, interval)), VORTICITY.points());
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray from = manager.create(before, ONE).div(4);
      NDArray to = manager.create(after, ONE).div(4);
      EquationResidual residual = new EquationResidual(vorticity(equation, manager), interval);
      double change = rms(to.sub(from));
      return Arrays.stream(conditions)
          .mapToDouble(
              e -> Math.sqrt(residual.meanSquare(from, to, List.of(e)).getFloat()) / change)
          .toArray();
    }
  }

  @Test
  void shouldAlmostVanishForSolvedFramesUnderTheirOwnConditionsAlone() {
    double[] flow =
        ofSolver(
            KolmogorovFlow.solver(30, 36, POINTS, 0.01),
            kolmogorov(),
            0.05,
            10,
            new double[] {30},
            new double[] {20});
    assertThat(flow[0]).isLessThan(1e-4);
    assertThat(flow[1]).isGreaterThan(0.1);
    VorticityEquation diagonal =
        new VorticityEquation(
            1,
            0,
            e -> 1e-3,
            e ->
                onGrid(
                    0,
                    1,
                    (x, y) ->
                        e[0]
                            * (Math.sin(2 * Math.PI * (x + y + e[1]))
                                + Math.cos(2 * Math.PI * (x + y + e[1])))));
    double[] forced =
        ofSolver(
            ForcedNavierStokes.solver(0.2, 0.3, 1e-3, 36, POINTS, 0.01),
            diagonal,
            0.1,
            10,
            new double[] {0.2, 0.3},
            new double[] {0.3, 0.3},
            new double[] {0.2, 0.5});
    assertThat(forced[0]).isLessThan(1e-4);
    assertThat(forced[1]).isGreaterThan(0.1);
    assertThat(forced[2]).isGreaterThan(0.1);
  }

  @Test
  void shouldTurnPlaneWavesAtTheFrequencyOfTheirWavelength() {
    double length = 20;
    double k = 2 * Math.PI * 2 / length;
    double modulus = Math.sqrt(1 - 0.5 * k * k);
    double beta = 1.3;
    double omega = beta * modulus * modulus;
    float[] u = onGrid(0, length, (x, y) -> modulus * Math.cos(k * x));
    float[] v = onGrid(0, length, (x, y) -> modulus * Math.sin(k * x));
    FieldShape shape = new FieldShape(2, POINTS, POINTS);
    float[] wave = new float[shape.size()];
    float[] turned = new float[shape.size()];
    for (int p = 0; p < u.length; p++) {
      wave[p] = u[p];
      wave[u.length + p] = v[p];
      // dA/dt = -i omega A
      turned[p] = (float) (omega * v[p]);
      turned[u.length + p] = (float) (-omega * u[p]);
    }
    Shape axes = new Shape(1, 2, 1, shape.points());
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray rate =
          lambdaOmega(manager).of(manager.create(wave, axes), List.of(new double[] {beta}));
      assertThat(rms(rate.sub(manager.create(turned, axes)))).isLessThan(1e-5);
    }
  }

  private static LambdaOmegaRate lambdaOmega(NDManager manager) {
    return new LambdaOmegaRate(
        new LambdaOmegaEquation(20, 0.5, e -> e[0]),
        new FieldShape(2, POINTS, POINTS),
        new FieldNormalisation(new double[] {0.1, -0.2}, new double[] {0.7, 0.5}),
        manager);
  }

  @Test
  void shouldAlmostVanishForSpiralsUnderTheirOwnBetaAlone() {
    LambdaOmegaSolver solver =
        new LambdaOmegaSolver(new LambdaOmegaParameters(0.5, 1.2, 20, POINTS, POINTS, 0.05));
    LambdaOmegaState state = solver.advance(solver.initial(5), 8);
    Shape axes = new Shape(1, 2, 1, POINTS * POINTS);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray scales = manager.create(new float[] {0.7f, 0.5f}, new Shape(1, 2, 1, 1));
      NDArray offsets = manager.create(new float[] {0.1f, -0.2f}, new Shape(1, 2, 1, 1));
      List<NDArray> frames = new ArrayList<>();
      for (float[] frame : List.of(solver.frame(state), solver.frame(solver.advance(state, 0.1)))) {
        frames.add(manager.create(frame, axes).sub(offsets).div(scales));
      }
      EquationResidual residual = new EquationResidual(lambdaOmega(manager), 0.1);
      double change = rms(frames.get(1).sub(frames.get(0)));
      double own =
          Math.sqrt(
              residual
                  .meanSquare(frames.get(0), frames.get(1), List.of(new double[] {1.2}))
                  .getFloat());
      double other =
          Math.sqrt(
              residual
                  .meanSquare(frames.get(0), frames.get(1), List.of(new double[] {1.3}))
                  .getFloat());
      assertThat(own).isLessThan(1e-4 * change);
      assertThat(other).isGreaterThan(0.02 * change);
    }
  }

  @Test
  void shouldHaveTheGradientsOfItsMeanSquares() {
    try (NDManager manager = NDManager.newBaseManager()) {
      EquationResidual flow = new EquationResidual(vorticity(kolmogorov(), manager), 0.2);
      // Two experts under different conditions, smooth enough for the differences of float32.
      Shape two = new Shape(2, 1, 1, VORTICITY.points());
      float[] field =
          Arrays.copyOf(onGrid(0, SIDE, (x, y) -> Math.sin(x + y)), 2 * POINTS * POINTS);
      NDArray before = manager.create(field, two);
      List<double[]> conditions = List.of(new double[] {20}, new double[] {40});
      Slopes.requireRight(
          manager,
          Slopes.normal(field.length, 6),
          two,
          0.02,
          after -> flow.meanSquare(before, after, conditions));
      EquationResidual spiral = new EquationResidual(lambdaOmega(manager), 0.2);
      Shape axes = new Shape(2, 2, 1, POINTS * POINTS);
      NDArray start = manager.create(Slopes.normal((int) axes.size(), 7), axes);
      Slopes.requireRight(
          manager,
          Slopes.normal((int) axes.size(), 8),
          axes,
          0.02,
          after -> spiral.meanSquare(start, after, conditions));
    }
  }
}
