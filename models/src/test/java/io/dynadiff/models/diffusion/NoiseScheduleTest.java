package io.dynadiff.models.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoiseScheduleTest {

  @ParameterizedTest
  @EnumSource
  void shouldKeepTheVarianceAndInvertLambda(NoiseSchedule schedule) {
    double before = Double.MAX_VALUE;
    for (double t = schedule.cleanest(); t <= schedule.noisiest(); t += 0.0173) {
      assertThat(Math.hypot(schedule.alpha(t), schedule.sigma(t))).isCloseTo(1, within(1e-12));
      assertThat(schedule.timeOf(schedule.lambda(t))).isCloseTo(t, within(1e-9));
      assertThat(schedule.lambda(t)).isLessThan(before);
      before = schedule.lambda(t);
    }
  }

  @Test
  void shouldHaveThePublishedEndsWhenVariancesRiseLinearly() {
    NoiseSchedule schedule = NoiseSchedule.LINEAR_BETA;
    assertThat(Math.pow(schedule.alpha(1), 2)).isCloseTo(4.04e-5, within(2e-7));
    assertThat(Math.pow(schedule.alpha(0.001), 2)).isCloseTo(1 - 1e-4, within(1e-12));
    assertThat(schedule.lambda(0.001)).isCloseTo(4.61, within(0.005));
    assertThat(schedule.lambda(1)).isCloseTo(-5.06, within(0.005));
    // a step between two steps of the table: the product of 1 - beta up to step 500
    double product = 1;
    for (int n = 0; n < 500; n++) {
      product *= 1 - (1e-4 + (0.02 - 1e-4) * n / 999);
    }
    assertThat(Math.pow(schedule.alpha(0.5), 2)).isCloseTo(product, within(1e-12));
    assertThat(schedule.trainingTime(0)).isEqualTo(0.001);
    assertThat(schedule.trainingTime(0.9999)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void shouldGetTheCleanLatentBackFromEveryTarget(PredictionTarget target) {
    float[] clean = {0.3f, -1.2f, 2.5f};
    float[] noise = {1.1f, 0.4f, -0.7f};
    double alpha = NoiseSchedule.COSINE.alpha(0.6);
    double sigma = NoiseSchedule.COSINE.sigma(0.6);
    float[] z = new float[3];
    float[] prediction = new float[3];
    for (int i = 0; i < 3; i++) {
      z[i] = (float) (alpha * clean[i] + sigma * noise[i]);
      prediction[i] = (float) target.of(clean[i], noise[i], alpha, sigma);
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray noised = manager.create(z);
      NDArray predicted = manager.create(prediction);
      float[] cleanBack = target.clean(noised, predicted, alpha, sigma).toFloatArray();
      for (int i = 0; i < 3; i++) {
        assertThat(cleanBack[i]).isCloseTo(clean[i], within(1e-6f));
      }
    }
  }
}
