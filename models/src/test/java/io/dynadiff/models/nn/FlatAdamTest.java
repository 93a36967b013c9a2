package io.dynadiff.models.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

class FlatAdamTest {

  private static void step(FlatAdam adam, NDManager manager, double rate) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray leaf = adam.leaf(scope);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(leaf.sub(3f).square().sum());
      }
      adam.update(leaf, rate);
    }
  }

  @Test
  void shouldFollowTheDefinitionInItsFirstStepAndThenConverge() {
    try (NDManager manager = NDManager.newBaseManager();
        FlatAdam adam = new FlatAdam(manager, new float[] {0, 10}, new Shape(2), 0, 1e9)) {
      step(adam, manager, 0.1);
      // With corrected moments the first step has the length of the learning rate.
      assertThat(adam.values()[0]).isCloseTo(0.1f, within(1e-5f));
      assertThat(adam.values()[1]).isCloseTo(9.9f, within(1e-5f));
      for (int i = 0; i < 500; i++) {
        step(adam, manager, 0.1);
      }
      assertThat(adam.values()[0]).isCloseTo(3f, within(0.05f));
      assertThat(adam.values()[1]).isCloseTo(3f, within(0.05f));
    }
  }

  @Test
  void shouldGoOnAsIfNeverStoppedWhenRestored() {
    try (NDManager manager = NDManager.newBaseManager();
        FlatAdam whole = new FlatAdam(manager, new float[] {0, 10}, new Shape(2), 0.01, 0.5);
        FlatAdam resumed = new FlatAdam(manager, new float[2], new Shape(2), 0.01, 0.5)) {
      for (int i = 0; i < 10; i++) {
        step(whole, manager, 0.05);
      }
      resumed.restore(whole.state());
      for (int i = 0; i < 10; i++) {
        step(whole, manager, 0.05);
        step(resumed, manager, 0.05);
      }
      assertThat(resumed.values()).isEqualTo(whole.values());
      assertThat(resumed.steps()).isEqualTo(20);
    }
  }

  @Test
  void shouldGiveTheSameWhenALongVectorIsUpdatedInParts() {
    float[] initial = {0, 10, -4, 7, 1, 2, 3.5f};
    try (NDManager manager = NDManager.newBaseManager();
        FlatAdam whole = new FlatAdam(manager, initial, new Shape(7), 0.01, 0.5);
        FlatAdam parted = new FlatAdam(manager, initial, new Shape(7), 0.01, 0.5, 3)) {
      for (int i = 0; i < 20; i++) {
        step(whole, manager, 0.05);
        step(parted, manager, 0.05);
      }
      // The norm is added up in another order.
      assertThat(parted.values())
          .containsExactly(whole.values(), org.assertj.core.data.Offset.offset(1e-5f));
      assertThat(parted.state().second())
          .containsExactly(whole.state().second(), org.assertj.core.data.Offset.offset(1e-6f));
    }
  }

  @Test
  void shouldKeepNativeArraysFlatOverManySteps() {
    try (NDManager manager = NDManager.newBaseManager();
        FlatAdam adam = new FlatAdam(manager, new float[] {0, 10}, new Shape(2), 0, 1)) {
      step(adam, manager, 0.1);
      int before = manager.getManagedArrays().size();
      for (int i = 0; i < 20; i++) {
        step(adam, manager, 0.1);
      }
      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }
}
