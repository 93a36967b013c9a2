package io.dynadiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GeluTest {

  private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);

  @Test
  void shouldEqualTheIntegralOfTheNormalDensityWhenAppliedFromFarLeftToFarRight() {
    int count = 4096;
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = -20 + 40f * i / (count - 1);
    }
    float[] given = values.clone();
    float[] slopes = new float[count];
    float[] alone = values.clone();
    Gelu.apply(alone, 0, count);
    Gelu.apply(values, 0, slopes, 0, count);
    for (int i = 0; i < count; i++) {
      double x = given[i];
      double distribution = distribution(x);
      double density = Math.exp(-x * x / 2) / SQRT_2_PI;
      // the formula's 7.5e-8 and some roundings of numbers up to x
      double tolerance = 5e-7 * Math.max(1, Math.abs(x));
      assertThat((double) values[i]).as("at %f", x).isCloseTo(x * distribution, within(tolerance));
      assertThat((double) alone[i]).as("at %f", x).isCloseTo(x * distribution, within(tolerance));
      assertThat((double) slopes[i])
          .as("slope at %f", x)
          .isCloseTo(distribution + x * density, within(tolerance));
    }
  }

  /** By Simpson's rule from the nearer side. */
  private static double distribution(double x) {
    double end = Math.min(Math.abs(x), 12);
    int intervals = 2000;
    double h = end / intervals;
    double sum = 0;
    for (int i = 0; i <= intervals; i++) {
      double weight = i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-(i * h) * (i * h) / 2);
    }
    double half = sum * h / 3 / SQRT_2_PI;
    return x >= 0 ? 0.5 + half : 0.5 - half;
  }
}
