package io.dynadiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitsTest {

  /** So none was left out by whoever compiled it; the sums are exact. */
  @Test
  void shouldAddUpWhatAllChainsComeTo() {
    assertThat(Limits.multiplyAndAdd(0.5f))
        .isEqualTo(0.5f * Limits.ROUNDS * Limits.CHAINS * Lanes.COUNT);
  }

  @Test
  void shouldReadEveryValueOnce() {
    float[] values = new float[64 * Lanes.COUNT];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 7;
    }
    float expected = 0;
    for (float value : values) {
      expected += value;
    }
    assertThat(Limits.read(values)).isEqualTo(expected);
  }
}
