package io.dynadiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A step that remembers nothing against the pass that remembers everything. */
class FnoStepTest {

  /** Sums of some hundred products of numbers of order one, in another order. */
  private static final float TOLERANCE = 2e-5f;

  private final Random random = new Random(1);

  private FnoSizes sizes(int height, int width, int narrow, boolean clock) {
    float[][] constants = {drawn(height * width, 1), drawn(height * width, 1)};
    return new FnoSizes(2, height, width, constants, clock, 6, 12, narrow, 3, -3, 7, 4);
  }

  private float[] drawn(int length, float scale) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = scale * (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void shouldPredictWhatTheRememberedPassPredicts() {
    // Several bands with a shorter last one, one band, and rows that fill no whole vectors.
    for (int[] grid : new int[][] {{45, 32}, {8, 8}, {37, 21}}) {
      for (int narrow : new int[] {0, 3}) {
        assertSame(sizes(grid[0], grid[1], narrow, narrow > 0));
      }
    }
  }

  private void assertSame(FnoSizes sizes) {
    FnoWeights weights = new FnoWeights(sizes);
    weights.load(drawn(sizes.parameterCount(), 0.3f), 0);
    FnoStep step = new FnoStep(sizes);
    FnoPass pass = new FnoPass(sizes);
    int points = sizes.height() * sizes.width();
    // Nothing of an earlier field may be left.
    for (int i = 0; i < 2; i++) {
      float[] field = drawn(5 + 3 * points, 1);
      float[] expected = new float[2 * points];
      float[] found = new float[2 * points];
      pass.forward(weights, field, 5, 2 * points, 0.6f, -0.8f, expected);
      step.forward(weights, field, 5, 2 * points, 0.6f, -0.8f, found);
      assertThat(found).containsExactly(expected, within(TOLERANCE * greatest(expected)));
    }
  }

  private static float greatest(float[] values) {
    float greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertThat(greatest).isBetween(0.01f, 1e4f);
    return greatest;
  }
}
