package io.dynadiff.models.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.nn.Scalars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clean numbers that are normal with mean m and deviation s: the best denoiser, the flow of the
 * probability ODE and so the result of every sampler are known exactly.
 */
class SamplersTest {

  private static final double MEAN = 0.7;
  private static final double DEVIATION = 0.4;

  /** The expected clean number and its slope in z. */
  private static double[] optimal(NoiseSchedule schedule, double t) {
    double a = schedule.alpha(t);
    double b = schedule.sigma(t);
    double gain = a * DEVIATION * DEVIATION / (a * a * DEVIATION * DEVIATION + b * b);
    return new double[] {MEAN - gain * a * MEAN, gain};
  }

  private static Denoiser denoiser(NoiseSchedule schedule) {
    return (z, t) -> {
      double[] line = optimal(schedule, t);
      return Scalars.scale(z, line[1]).add((float) line[0]);
    };
  }

  private static float[] run(
      Sampler sampler, NoiseSchedule schedule, int steps, int count, long seed) {
    try (NDManager manager = NDManager.newBaseManager()) {
      return sampler
          .sample(
              manager,
              new Shape(1, 1, count),
              schedule,
              steps,
              new SeededNoise(seed, 1),
              denoiser(schedule))
          .toFloatArray();
    }
  }

  /** Largest difference to the exact flow from the same noise. */
  private static double error(Sampler sampler, NoiseSchedule schedule, int steps) {
    float[] noise;
    try (NDManager manager = NDManager.newBaseManager()) {
      noise = new SeededNoise(3, 1).draw(manager, new Shape(16)).toFloatArray();
    }
    float[] found = run(sampler, schedule, steps, 16, 3);
    double worst = 0;
    for (int i = 0; i < noise.length; i++) {
      double first = schedule.noisiest();
      double last = schedule.cleanest();
      double z =
          schedule.alpha(last) * MEAN
              + spread(schedule, last)
                  / spread(schedule, first)
                  * (noise[i] - schedule.alpha(first) * MEAN);
      double[] line = optimal(schedule, last);
      worst = Math.max(worst, Math.abs(line[0] + line[1] * z - found[i]));
    }
    return worst;
  }

  private static double spread(NoiseSchedule schedule, double t) {
    return Math.hypot(schedule.alpha(t) * DEVIATION, schedule.sigma(t));
  }

  @ParameterizedTest
  @EnumSource
  void shouldConvergeWithTheirOrderWhenStepsAreHalved(NoiseSchedule schedule) {
    assertThat(error(new DdimSampler(), schedule, 80) / error(new DdimSampler(), schedule, 160))
        .isBetween(1.8, 2.2);
    assertThat(error(new DpmSolver(), schedule, 40) / error(new DpmSolver(), schedule, 80))
        .isBetween(3.5, 4.5);
    assertThat(error(new DpmSolver(), schedule, 20)).isLessThan(0.015);
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveTheDistributionOfTheData(NoiseSchedule schedule) {
    int count = 5000;
    double[] ancestral = moments(run(new DdpmSampler(), schedule, 1000, count, 5));
    // four standard errors, and what finitely many steps and noise at the start add
    assertThat(ancestral[0]).isCloseTo(MEAN, within(0.025));
    assertThat(ancestral[1]).isCloseTo(DEVIATION, within(0.04 * DEVIATION));
    double[] few = moments(run(new DpmSolver(), schedule, 20, count, 6));
    assertThat(few[0]).isCloseTo(ancestral[0], within(0.03));
    assertThat(few[1]).isCloseTo(ancestral[1], within(0.05 * DEVIATION));
  }

  private static double[] moments(float[] values) {
    double mean = 0;
    double square = 0;
    for (float value : values) {
      mean += value / (double) values.length;
      square += (double) value * value / values.length;
    }
    return new double[] {mean, Math.sqrt(square - mean * mean)};
  }

  @Test
  void shouldGiveTheSameNumbersForTheSameSeed() {
    for (String name : new String[] {DdpmSampler.NAME, DdimSampler.NAME, DpmSolver.NAME}) {
      Sampler sampler = Sampler.named(name);
      assertThat(sampler.name()).isEqualTo(name);
      float[] first = run(sampler, NoiseSchedule.COSINE, 6, 8, 1);
      assertThat(run(sampler, NoiseSchedule.COSINE, 6, 8, 1)).isEqualTo(first);
      assertThat(run(sampler, NoiseSchedule.COSINE, 6, 8, 2)).isNotEqualTo(first);
    }
  }

  @Test
  void shouldGiveTheMeanWhenTheTemperatureIsZero() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray sample =
          new DdpmSampler()
              .sample(
                  manager,
                  new Shape(1, 1, 1),
                  NoiseSchedule.LINEAR_BETA,
                  1000,
                  new SeededNoise(1, 0),
                  denoiser(NoiseSchedule.LINEAR_BETA));
      assertThat(sample.getFloat()).isCloseTo((float) MEAN, within(0.01f));
    }
  }

  @Test
  void shouldNameWhatThereIsWhenASamplerIsUnknown() {
    assertThatThrownBy(() -> Sampler.named("euler"))
        .hasMessage("sampler: expected one of [ddpm, ddim, dpm-solver++2m], found \"euler\"");
    assertThatThrownBy(() -> run(new DdimSampler(), NoiseSchedule.COSINE, 0, 1, 1))
        .hasMessage("sampler: expected at least 1 step, found 0");
  }
}
