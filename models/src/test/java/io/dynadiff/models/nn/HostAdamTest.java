package io.dynadiff.models.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostAdamTest {

  private static final int ROWS = 2;
  private static final int ROW = 5;

  @Test
  void shouldTakeTheSameStepsAsTheEnginesWhenOneRowIsClippedAndTheOtherIsNot() {
    Random random = new Random(3);
    float[] initial = drawn(random, 1);
    try (NDManager manager = NDManager.newBaseManager();
        FlatAdam engine = new FlatAdam(manager, initial, new Shape(ROWS, ROW), 0.1, 1);
        HostAdam host = new HostAdam(initial, ROW, 0.1, 1)) {
      for (int step = 0; step < 20; step++) {
        float[] gradient = drawn(random, 0.05f);
        for (int i = 0; i < ROW; i++) {
          gradient[i] *= 200;
        }
        update(manager, engine, gradient);
        host.update(gradient, 0.01);
      }
      assertThat(host.values()).containsExactly(engine.values(), within(2e-6f));
      assertThat(host.steps()).isEqualTo(20);
    }
  }

  @Test
  void shouldGoOnAsIfNothingHappenedWhenRestored() {
    Random random = new Random(4);
    float[] initial = drawn(random, 1);
    float[] first = drawn(random, 1);
    float[] second = drawn(random, 1);
    HostAdam whole = new HostAdam(initial, ROW, 0, 1);
    whole.update(first, 0.1);
    HostAdam resumed = new HostAdam(new float[initial.length], ROW, 0, 1);
    resumed.restore(whole.state());
    whole.update(second, 0.1);
    resumed.update(second, 0.1);
    assertThat(resumed.values()).containsExactly(whole.values());
  }

  @Test
  void shouldSayWhatItFoundWhenTheLastRowIsNotWhole() {
    assertThatThrownBy(() -> new HostAdam(new float[7], ROW, 0, 1))
        .hasMessage("Adam: expected whole rows of 5 values, found 7 values");
  }

  private static float[] drawn(Random random, float scale) {
    float[] values = new float[ROWS * ROW];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * (float) random.nextGaussian();
    }
    return values;
  }

  private static void update(NDManager manager, FlatAdam adam, float[] gradient) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray leaf = adam.leaf(scope);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(leaf.mul(scope.create(gradient, leaf.getShape())).sum());
      }
      adam.update(leaf, 0.01);
    }
  }
}
