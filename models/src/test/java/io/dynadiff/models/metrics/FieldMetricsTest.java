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
}
