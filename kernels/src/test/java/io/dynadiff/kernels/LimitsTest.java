package io.dynadiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LimitsTest {

  /** Every chain comes to 1 / (1 - factor), so none was left out by whoever compiled it. */
  @Test
  void shouldAddUpWhatAllChainsComeTo() {
    assertThat(Limits.multiplyAndAdd(0.5f)).isCloseTo(2f * 12 * Lanes.COUNT, within(1e-2f));
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
