package io.dynadiff.models.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConditionedDenoiserTest {

  private static final DiffusionSpec GUIDABLE =
      new DiffusionSpec(8, 2, 1, 3, PredictionTarget.EPSILON, NoiseSchedule.LINEAR_BETA, 0.1);

  private static float[] normal(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void shouldExaggerateWhatTheConditionChangesWhenGuided() {
    DiffusionTransformer transformer = new DiffusionTransformer(GUIDABLE, 4, 2);
    ParameterLayout layout = transformer.layout();
    try (NDManager manager = NDManager.newBaseManager()) {
      Parameters parameters = new Parameters(layout, manager.create(normal(layout.size(), 1)));
      NDArray z = manager.create(normal(16, 2), new Shape(2, 4, 2));
      NDArray condition = manager.create(normal(6, 3), new Shape(2, 3));
      NDArray nothing = transformer.nullCondition(parameters, condition);
      float[] with = clean(transformer, parameters, condition, 1, z);
      float[] without = clean(transformer, parameters, nothing, 1, z);
      float[] ignored = clean(transformer, parameters, condition, 0, z);
      float[] guided = clean(transformer, parameters, condition, 2.5, z);
      for (int i = 0; i < with.length; i++) {
        assertThat(ignored[i]).isCloseTo(without[i], within(1e-4f));
        assertThat(guided[i]).isCloseTo(without[i] + 2.5f * (with[i] - without[i]), within(1e-3f));
      }
      assertThat(with).isNotEqualTo(without);
    }
  }

  private static float[] clean(
      DiffusionTransformer transformer,
      Parameters parameters,
      NDArray condition,
      double guidance,
      NDArray z) {
    return new ConditionedDenoiser(transformer, parameters, condition, guidance)
        .clean(z, 0.4)
        .toFloatArray();
  }

  @Test
  void shouldReplaceOnlyTheDroppedConditionsByTheLearnedOne() {
    DiffusionTransformer transformer = new DiffusionTransformer(GUIDABLE, 4, 2);
    ParameterLayout layout = transformer.layout();
    float[] values = normal(layout.size(), 1);
    try (NDManager manager = NDManager.newBaseManager()) {
      Parameters parameters = new Parameters(layout, manager.create(values));
      NDArray condition = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
      float[] dropped =
          transformer
              .dropConditions(parameters, condition, new boolean[] {false, true})
              .toFloatArray();
      int last = values.length;
      assertThat(dropped)
          .containsExactly(1, 2, 3, values[last - 3], values[last - 2], values[last - 1]);
    }
  }

  @Test
  void shouldRefuseGuidanceWhenNoneWasTrained() {
    DiffusionTransformer transformer =
        new DiffusionTransformer(new DiffusionSpec(8, 2, 1, 3), 4, 2);
    ParameterLayout layout = transformer.layout();
    try (NDManager manager = NDManager.newBaseManager()) {
      Parameters parameters = new Parameters(layout, manager.create(layout.initialValues(1)));
      NDArray condition = manager.create(new float[3], new Shape(1, 3));
      assertThatThrownBy(() -> new ConditionedDenoiser(transformer, parameters, condition, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("conditionDropout");
    }
  }
}
