package io.dynadiff.trainer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.LinearInvariant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConservationTest {

  private static final FieldShape SHAPE = new FieldShape(2, 4, 6);
  private static final FieldNormalisation NORMALISATION =
      new FieldNormalisation(new double[] {0, 3}, new double[] {5, 0.1});
  private static final Shape BATCH = new Shape(2, 2, 3, SHAPE.points());

  private static Conservation meanOf(int channel, NDManager manager) {
    return new Conservation(
        SHAPE, NORMALISATION, List.of(LinearInvariant.mean("mean", SHAPE, channel)), manager);
  }

  @Test
  void shouldSeeWhatAStepAddsToTheMeanAndNothingElse() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray before = manager.create(Slopes.normal((int) BATCH.size(), 1), BATCH);
      NDArray first = manager.create(new float[] {0.2f, 0}, new Shape(1, 2, 1, 1));
      NDArray noise = manager.create(Slopes.normal((int) BATCH.size(), 2), BATCH);
      NDArray waves = noise.sub(noise.mean(new int[] {3}, true));
      NDArray after = before.add(first).add(waves);
      assertThat(meanOf(0, manager).violation(before, after).getFloat())
          .isCloseTo(0.04f, within(1e-5f));
      assertThat(meanOf(1, manager).violation(before, after).getFloat()).isLessThan(1e-10f);
    }
  }

  @Test
  void shouldHaveTheGradientOfItsViolation() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Conservation conservation = meanOf(0, manager);
      NDArray before = manager.create(Slopes.normal((int) BATCH.size(), 1), BATCH);
      Slopes.requireRight(
          manager,
          Slopes.normal((int) BATCH.size(), 2),
          BATCH,
          0.05,
          after -> conservation.violation(before, after));
    }
  }
}
