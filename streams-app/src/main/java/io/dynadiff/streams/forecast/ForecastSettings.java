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
 * @param trialFrames frames after a swap for which the retired expert is run beside, at least 0;
 *     without any a swap is never undone by itself
 * @param rollBack when a swap is undone
 * @param ensemble how ensembles become forecasts
 */
public record ForecastSettings(
    Duration drainInterval,
    int batchLimit,
    double swapMargin,
    int trialFrames,
    RollBackSettings rollBack,
    EnsembleSettings ensemble) {

  public static final ForecastSettings DEFAULT =
      new ForecastSettings(
          Duration.ofMillis(25), 16, 0, 40, RollBackSettings.DEFAULT, EnsembleSettings.DEFAULT);

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
    int needed = Math.max(rollBack.frames(), rollBack.patience());
    if (trialFrames > 0 && trialFrames < needed) {
      throw new IllegalArgumentException(
          "forecast.trial-frames: expected at least forecast.rollback.frames and"
              + " forecast.rollback.patience, that is "
              + needed
              + ", or 0 for swaps that are never undone, found "
              + trialFrames);
    }
  }
}
