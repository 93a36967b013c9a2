package io.dynadiff.trainer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.LambdaOmegaEquation;
import io.dynadiff.trainer.data.VorticityEquation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Constants live as long as a training; what a step makes with them must not. */
class ScopedTermsTest {

  private static final int POINTS = 8;
  private static final List<double[]> CONDITION = List.of(new double[] {1.2});

  /**
   * @param term made with the manager of its constants; of fields, axes [1, channels, 1, point]
   */
  private static void check(int channels, Function<NDManager, UnaryOperator<NDArray>> term) {
    try (NDManager constants = NDManager.newBaseManager()) {
      UnaryOperator<NDArray> made = term.apply(constants);
      int before = constants.getManagedArrays().size();
      assertThat(before).isPositive();
      try (NDManager step = constants.newSubManager()) {
        int size = channels * POINTS * POINTS;
        NDArray fields =
            step.create(Slopes.normal(size, 3), new Shape(1, channels, 1, POINTS * POINTS));
        assertThat(made.apply(fields).getManager()).isSameAs(step);
      }
      assertThat(constants.getManagedArrays().size()).isEqualTo(before);
    }
  }

  private static FieldNormalisation normalisation(int channels) {
    double[] scales = new double[channels];
    Arrays.fill(scales, 2);
    return new FieldNormalisation(new double[channels], scales);
  }

  @Test
  void shouldKeepNothingOfAStepWhenTheVorticityEquationIsTaken() {
    VorticityEquation equation =
        new VorticityEquation(2 * Math.PI, 0, e -> 1 / e[0], e -> new float[POINTS * POINTS]);
    FieldShape shape = new FieldShape(1, POINTS, POINTS);
    check(
        1,
        constants -> {
          VorticityRate rate = new VorticityRate(equation, shape, normalisation(1), constants);
          return fields -> rate.normalised(rate.of(rate.physical(fields), CONDITION));
        });
  }

  @Test
  void shouldKeepNothingOfAStepWhenTheLambdaOmegaEquationIsTaken() {
    LambdaOmegaEquation equation = new LambdaOmegaEquation(20, 0.1, e -> e[0]);
    FieldShape shape = new FieldShape(2, POINTS, POINTS);
    check(
        2,
        constants -> {
          LambdaOmegaRate rate = new LambdaOmegaRate(equation, shape, normalisation(2), constants);
          return fields -> rate.normalised(rate.of(rate.physical(fields), CONDITION));
        });
  }

  @Test
  void shouldKeepNothingOfAStepWhenEnergiesOfBandsAreTaken() {
    FieldShape shape = new FieldShape(2, POINTS, POINTS);
    check(2, constants -> new BandEnergies(shape, constants)::of);
  }
}
