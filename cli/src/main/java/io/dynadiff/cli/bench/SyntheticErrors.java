package io.dynadiff.cli.bench;

import io.dynadiff.streams.shift.OneStepError;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Errors whose logarithm is an autoregressive process of first order, multiplied by a ratio from
 * the change on.
 *
 * @param name what the process is like
 * @param persistence correlation of successive logarithms, in 0..1
 * @param deviation standard deviation of the logarithm
 */
record SyntheticErrors(String name, double persistence, double deviation) {

  /** As of a bundle's good experts; the detectors do not depend on the unit. */
  private static final double CALIBRATED = 0.01;

  /** About what the experts of recorded weather and of a simulation do, see the genuine series. */
  static List<SyntheticErrors> standard() {
    return List.of(new SyntheticErrors("quick", 0.5, 0.2), new SyntheticErrors("slow", 0.95, 0.2));
  }

  /** Errors of a feed in which nothing changes. */
  ErrorSeries stationary(long seed, int frames) {
    return series("stationary", seed, frames, -1, 1);
  }

  /** Errors of a feed that changes. */
  ErrorSeries shift(long seed, int before, int after, double ratio) {
    return series("ratio-" + ratio, seed, before + after, before, ratio);
  }

  private ErrorSeries series(String group, long seed, int frames, long shift, double ratio) {
    Random random = new Random(seed);
    double innovation = deviation * Math.sqrt(1 - persistence * persistence);
    double log = deviation * random.nextGaussian();
    List<OneStepError> errors = new ArrayList<>(frames);
    for (int i = 0; i < frames; i++) {
      double factor = shift >= 0 && i >= shift ? ratio : 1;
      errors.add(new OneStepError(i, 1, CALIBRATED * factor * Math.exp(log), false));
      log = persistence * log + innovation * random.nextGaussian();
    }
    return new ErrorSeries(group, CALIBRATED, errors, shift);
  }
}
