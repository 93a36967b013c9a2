package io.dynadiff.trainer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Holds gradients to central differences along random directions. */
final class Slopes {

  private Slopes() {}

  static float[] normal(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Requires agreement to one percent of the gradient's own length. */
  static void requireRight(
      NDManager manager, float[] at, Shape shape, double step, UnaryOperator<NDArray> loss) {
    NDArray leaf = manager.create(at, shape);
    leaf.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(loss.apply(leaf));
    }
    float[] gradient = leaf.getGradient().toFloatArray();
    double length = 0;
    for (float g : gradient) {
      length += (double) g * g;
    }
    length = Math.sqrt(length);
    assertThat(length).isPositive();
    for (int trial = 0; trial < 2; trial++) {
      float[] direction = normal(at.length, 40 + trial);
      // Half along the gradient, so that the slope is not the small rest of random terms.
      for (int i = 0; i < at.length; i++) {
        direction[i] = (float) (direction[i] / Math.sqrt(at.length) + gradient[i] / length);
      }
      double slope = 0;
      float[] ahead = at.clone();
      float[] behind = at.clone();
      for (int i = 0; i < at.length; i++) {
        slope += (double) gradient[i] * direction[i];
        ahead[i] += (float) (step * direction[i]);
        behind[i] -= (float) (step * direction[i]);
      }
      double difference =
          (loss.apply(manager.create(ahead, shape)).getFloat()
                  - (double) loss.apply(manager.create(behind, shape)).getFloat())
              / (2 * step);
      assertThat(difference).isCloseTo(slope, within(0.01 * length));
    }
  }
}
