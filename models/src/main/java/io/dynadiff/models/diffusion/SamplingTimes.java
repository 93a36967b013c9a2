package io.dynadiff.models.diffusion;

/** Grids of falling times from the noisiest to the cleanest that a schedule has. */
final class SamplingTimes {

  private SamplingTimes() {}

  /** Equal steps of time: with as many steps as a discrete schedule has, exactly its steps. */
  static double[] equalInTime(NoiseSchedule schedule, int steps) {
    double[] times = new double[steps];
    for (int i = 0; i < steps; i++) {
      double share = steps == 1 ? 0 : (double) i / (steps - 1);
      times[i] = schedule.noisiest() + (schedule.cleanest() - schedule.noisiest()) * share;
    }
    return times;
  }

  /** Equal steps of half the logarithm of the signal-to-noise ratio. */
  static double[] equalInLambda(NoiseSchedule schedule, int steps) {
    if (steps == 1) {
      return new double[] {schedule.noisiest()};
    }
    double from = schedule.lambda(schedule.noisiest());
    double to = schedule.lambda(schedule.cleanest());
    double[] times = new double[steps];
    for (int i = 0; i < steps; i++) {
      times[i] = schedule.timeOf(from + (to - from) * i / (steps - 1));
    }
    return times;
  }
}
