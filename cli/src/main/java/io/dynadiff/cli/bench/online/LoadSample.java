package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.Line;
import java.util.List;

/**
 * How things stood at a moment of a load.
 *
 * @param seconds since the load was held
 * @param published frames published so far
 * @param forecast forecasts seen so far, of the same frames
 * @param scored scores seen so far, of the same frames
 */
record LoadSample(double seconds, long published, long forecast, long scored) {

  /**
   * Whether a load was carried, and the numbers behind it.
   *
   * @param forecastLagFrames frames without a forecast at the end
   * @param forecastLagGrowth frames by which that grew per second, as a share of the load
   * @param scoreLagGrowth the same of scores
   * @param p95Millis from frame to forecast
   * @param latenessMillis the longest that a frame was published after it was due
   * @param heldSeconds how long it was carried
   */
  record Verdict(
      double forecastLagFrames,
      double forecastLagGrowth,
      double scoreLagGrowth,
      double p95Millis,
      double latenessMillis,
      double heldSeconds) {

    /** A lag that grows by less than this share of the load is flat within its own noise. */
    private static final double FLAT = 0.01;

    /** However slowly it grows, a lag may not become longer than this meanwhile. */
    private static final double LARGEST_GROWN_LAG_SECONDS = 1;

    private static final double LARGEST_P95_MILLIS = 2000;
    private static final double LARGEST_LATENESS_MILLIS = 2000;

    /** Whether the lag was flat, forecasts came in time, and the feed itself kept its pace. */
    boolean sustained() {
      double growth = Math.max(forecastLagGrowth, scoreLagGrowth);
      return growth < FLAT
          && growth * heldSeconds < LARGEST_GROWN_LAG_SECONDS
          && p95Millis <= LARGEST_P95_MILLIS
          && latenessMillis <= LARGEST_LATENESS_MILLIS;
    }
  }

  /**
   * Judges a load.
   *
   * @param framesPerSecond the load
   * @param samples at least two, in order of time
   */
  static Verdict judge(
      double framesPerSecond, List<LoadSample> samples, double p95Millis, double latenessMillis) {
    double[] seconds = samples.stream().mapToDouble(LoadSample::seconds).toArray();
    double[] forecasts = samples.stream().mapToDouble(s -> s.published - s.forecast).toArray();
    double[] scores = samples.stream().mapToDouble(s -> s.published - s.scored).toArray();
    return new Verdict(
        forecasts[forecasts.length - 1],
        Line.fit(seconds, forecasts).slope() / framesPerSecond,
        Line.fit(seconds, scores).slope() / framesPerSecond,
        p95Millis,
        latenessMillis,
        seconds[seconds.length - 1] - seconds[0]);
  }
}
