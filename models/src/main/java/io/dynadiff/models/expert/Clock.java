package io.dynadiff.models.expert;

/** Sine and cosine of an external cycle, such as the day, at an event time. */
public final class Clock {

  private Clock() {}

  /** Phase within the period, in radians. */
  private static double phase(ExpertSpec spec, long eventTimeMillis) {
    long period = spec.clockPeriodMillis();
    return 2 * Math.PI * Math.floorMod(eventTimeMillis, period) / period;
  }

  /**
   * Clock channels of stacked batches, axes [expert, 2, batch, 1], row-major; null if the
   * specification has no clock.
   *
   * @param spec the experts' specification
   * @param eventTimesMillis event time of each state, axes [expert, batch]
   */
  public static float[] channels(ExpertSpec spec, long[][] eventTimesMillis) {
    if (spec.clockPeriodMillis() == 0) {
      return null;
    }
    int batch = eventTimesMillis[0].length;
    float[] channels = new float[eventTimesMillis.length * 2 * batch];
    for (int e = 0; e < eventTimesMillis.length; e++) {
      for (int b = 0; b < batch; b++) {
        double phase = phase(spec, eventTimesMillis[e][b]);
        channels[2 * e * batch + b] = (float) Math.sin(phase);
        channels[(2 * e + 1) * batch + b] = (float) Math.cos(phase);
      }
    }
    return channels;
  }
}
