package io.dynadiff.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldMetricsTest {

  private static final FieldShape SHAPE = new FieldShape(2, 16, 12);
  private static final FieldNormalisation KELVIN =
      new FieldNormalisation(new double[] {280, 0}, new double[] {4, 0.5});

  private static float[] field(long seed) {
    Random random = new Random(seed);
    float[] field = new float[SHAPE.size()];
    for (int i = 0; i < field.length; i++) {
      field[i] =
          (float) (i < SHAPE.points() ? 280 + 4 * random.nextGaussian() : random.nextGaussian());
    }
    return field;
  }

  @Test
  void shouldGiveTheKnownErrorWhenTheForecastIsOffByAConstant() {
    float[] truth = field(1);
    float[] forecast = truth.clone();
    for (int i = 0; i < SHAPE.points(); i++) {
      forecast[i] += 2;
    }
    assertThat(FieldMetrics.rmse(SHAPE, forecast, truth)[0]).isCloseTo(2, within(1e-4));
    assertThat(FieldMetrics.rmse(SHAPE, forecast, truth)[1]).isZero();
    assertThat(FieldMetrics.bias(SHAPE, forecast, truth)[0]).isCloseTo(2, within(1e-4));
    // sqrt((0.5^2 + 0^2) / 2)
    assertThat(FieldMetrics.normalisedRmse(SHAPE, KELVIN, forecast, truth))
        .isCloseTo(Math.sqrt(0.125), within(1e-4));
    assertThat(FieldMetrics.normalisedAbsoluteError(SHAPE, KELVIN, forecast, truth))
        .isCloseTo(0.25, within(1e-4));
  }

  @Test
  void shouldGiveOneForTheTruthAndLessForNoise() {
    float[] truth = field(1);
    assertThat(FieldMetrics.ssim(SHAPE, KELVIN, truth, truth)).isCloseTo(1, within(1e-12));
    assertThat(FieldMetrics.ssim(SHAPE, KELVIN, field(2), truth)).isBetween(-0.3, 0.3);
  }

  /** Against the definition, point by point in two dimensions; float64 on both sides. */
  @Test
  void shouldGiveTheSimilarityOfTheDefinition() {
    float[] truth = field(1);
    float[] forecast = truth.clone();
    float[] noise = field(2);
    for (int i = 0; i < forecast.length; i++) {
      forecast[i] += 0.3f * (noise[i] - truth[i]);
    }
    double expected = (defined(0, forecast, truth) + defined(1, forecast, truth)) / 2;
    StructuralSimilarity toTruth = new StructuralSimilarity(SHAPE, KELVIN, truth);
    assertThat(toTruth.of(noise)).isLessThan(expected);
    assertThat(toTruth.of(forecast)).isCloseTo(expected, within(1e-10)).isBetween(0.1, 0.99);
    assertThat(FieldMetrics.ssim(SHAPE, KELVIN, forecast, truth)).isEqualTo(toTruth.of(forecast));
  }

  private static double defined(int channel, float[] forecast, float[] truth) {
    double total = 0;
    for (int y = 0; y < SHAPE.height(); y++) {
      for (int x = 0; x < SHAPE.width(); x++) {
        double[] sums = new double[6];
        for (int dy = -5; dy <= 5; dy++) {
          for (int dx = -5; dx <= 5; dx++) {
            double weight = Math.exp(-(dy * dy + dx * dx) / (2 * 1.5 * 1.5));
            int at =
                channel * SHAPE.points()
                    + mirrored(y + dy, SHAPE.height()) * SHAPE.width()
                    + mirrored(x + dx, SHAPE.width());
            double range = 4 * KELVIN.scales()[channel];
            double f = (forecast[at] - KELVIN.offsets()[channel]) / range;
            double t = (truth[at] - KELVIN.offsets()[channel]) / range;
            double[] terms = {1, f, t, f * f, t * t, f * t};
            for (int i = 0; i < sums.length; i++) {
              sums[i] += weight * terms[i];
            }
          }
        }
        double f = sums[1] / sums[0];
        double t = sums[2] / sums[0];
        double varianceF = sums[3] / sums[0] - f * f;
        double varianceT = sums[4] / sums[0] - t * t;
        double covariance = sums[5] / sums[0] - f * t;
        total +=
            (2 * f * t + 1e-4)
                * (2 * covariance + 9e-4)
                / ((f * f + t * t + 1e-4) * (varianceF + varianceT + 9e-4));
      }
    }
    return total / SHAPE.points();
  }

  /** As {@code numpy.pad} with mode reflect; one turn is enough here. */
  private static int mirrored(int index, int length) {
    int positive = Math.abs(index);
    return positive < length ? positive : 2 * (length - 1) - positive;
  }
}
