package io.dynadiff.streams.forecast;

import java.time.Duration;

/**
 * Settings of the forecast role.
 *
 * @param drainInterval wall-clock time between two batches, positive; what has come in between is
 *     rolled out together
 * @param batchLimit most frames of one batch, at least 1; larger batches of one expert each leave
 *     the processor's caches and are slower per frame
 * @param swapMargin how much worse than the incumbent a challenger may score, as a share of the
 *     incumbent's score, at least 0
 * @param trialFrames frames after a swap for which the retired expert is run beside, at least 0
 */
public record ForecastSettings(
    Duration drainInterval, int batchLimit, double swapMargin, int trialFrames) {

  public static final ForecastSettings DEFAULT =
      new ForecastSettings(Duration.ofMillis(25), 16, 0, 40);

  public ForecastSettings {
    if (drainInterval.toMillis() < 1
        || batchLimit < 1
        || !(swapMargin >= 0)
        || !Double.isFinite(swapMargin)
        || trialFrames < 0) {
      throw new IllegalArgumentException(
          "forecast: expected drainInterval >= 1 ms, batchLimit >= 1, a finite swapMargin >= 0 and"
              + " trialFrames >= 0, found "
              + drainInterval
              + ", "
              + batchLimit
              + ", "
              + swapMargin
              + " and "
              + trialFrames);
    }
  }
}
