package io.dynadiff.streams.adapt;

import io.dynadiff.streams.shift.CusumSettings;
import java.time.Duration;

/**
 * Settings of the adapt role.
 *
 * @param graceIntervals frame intervals of event time that a missing frame is waited for, at least
 *     0
 * @param graceTime wall-clock time after which frames stop waiting for a missing one, positive
 * @param framesAfterShift frames of the new regime that a request after a shift needs; 0 is the
 *     bundle's window length, of which more than that never go into a request
 * @param cusum settings of the shift detector
 */
public record AdaptSettings(
    int graceIntervals, Duration graceTime, int framesAfterShift, CusumSettings cusum) {

  public static final AdaptSettings DEFAULT =
      new AdaptSettings(5, Duration.ofSeconds(5), 0, CusumSettings.DEFAULT);

  public AdaptSettings {
    if (graceIntervals < 0
        || graceTime.isNegative()
        || graceTime.isZero()
        || framesAfterShift < 0
        || framesAfterShift == 1) {
      throw new IllegalArgumentException(
          "adapt: expected graceIntervals >= 0, a positive graceTime and framesAfterShift of 0 or"
              + " at least 2, found "
              + graceIntervals
              + ", "
              + graceTime
              + " and "
              + framesAfterShift);
    }
  }
}
