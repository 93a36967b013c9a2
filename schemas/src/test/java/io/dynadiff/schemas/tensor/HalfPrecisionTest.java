package io.dynadiff.schemas.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfPrecisionTest {

  @Test
  void shouldKeepEveryFloat16WhenConvertedThereAndBack() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float value = HalfPrecision.fromFloat16((short) bits);
      if (Float.isNaN(value)) {
        assertThat(HalfPrecision.fromFloat16(HalfPrecision.toFloat16(value))).isNaN();
      } else {
        assertThat(HalfPrecision.toFloat16(value)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void shouldGiveKnownValuesWhenConvertingToFloat16() {
    assertThat(HalfPrecision.toFloat16(1f)).isEqualTo((short) 0x3c00);
    assertThat(HalfPrecision.toFloat16(-2f)).isEqualTo((short) 0xc000);
    assertThat(HalfPrecision.toFloat16(65504f)).isEqualTo((short) 0x7bff);
    assertThat(HalfPrecision.toFloat16(65519f)).isEqualTo((short) 0x7bff);
    assertThat(HalfPrecision.toFloat16(65520f)).isEqualTo((short) 0x7c00);
    assertThat(HalfPrecision.toFloat16(Float.POSITIVE_INFINITY)).isEqualTo((short) 0x7c00);
    assertThat(HalfPrecision.toFloat16(0x1p-24f)).isEqualTo((short) 0x0001);
    assertThat(HalfPrecision.toFloat16(0x1p-25f)).isEqualTo((short) 0x0000);
    assertThat(HalfPrecision.toFloat16(0x1.8p-25f)).isEqualTo((short) 0x0001);
    assertThat(HalfPrecision.toFloat16(-0f)).isEqualTo((short) 0x8000);
  }

  @Test
  void shouldRoundToTheNearestOfTheTwoNeighboursWhenConvertingToFloat16() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      float value =
          (float) (random.nextGaussian() * Math.pow(2, random.nextInt(45) - 28)); // subnormals too
      short bits = HalfPrecision.toFloat16(value);
      double error = Math.abs(HalfPrecision.fromFloat16(bits) - (double) value);
      if (!Double.isFinite(error)) {
        assertThat(Math.abs(value)).isGreaterThanOrEqualTo(65520f);
        continue;
      }
      for (int step : new int[] {-1, 1}) {
        float neighbour = HalfPrecision.fromFloat16((short) (bits + step));
        if (Float.isFinite(neighbour) && Math.signum(neighbour) == Math.signum(value)) {
          assertThat(error).isLessThanOrEqualTo(Math.abs(neighbour - (double) value));
        }
      }
    }
  }

  @Test
  void shouldKeepEveryBfloat16WhenConvertedThereAndBack() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float value = HalfPrecision.fromBfloat16((short) bits);
      if (Float.isNaN(value)) {
        assertThat(HalfPrecision.fromBfloat16(HalfPrecision.toBfloat16(value))).isNaN();
      } else {
        assertThat(HalfPrecision.toBfloat16(value)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void shouldRoundTiesToEvenWhenConvertingToBfloat16() {
    assertThat(HalfPrecision.toBfloat16(Float.intBitsToFloat(0x3f808000)))
        .isEqualTo((short) 0x3f80);
    assertThat(HalfPrecision.toBfloat16(Float.intBitsToFloat(0x3f818000)))
        .isEqualTo((short) 0x3f82);
    assertThat(HalfPrecision.toBfloat16(Float.MAX_VALUE)).isEqualTo((short) 0x7f80);
  }
}
