package io.dynadiff.streams.adapt;

import io.dynadiff.streams.shift.ShiftSettings;
import java.time.Duration;

/**
 * Settings of the adapt role.
 *
 * @param graceIntervals frame intervals of event time that a missing frame is waited for, at least
 *     0
 * @param graceTime wall-clock time after which frames stop waiting for a missing one, positive
 * @param largestLead how far a leap may put the event time ahead of the wall clock, at least 0
 * @param frozenFrames frames in a row, each repeating the field before it, that are reported as a
 *     frozen feed; at least 1
 * @param framesAfterShift frames of the new regime that a request after a shift needs; 0 is the
 *     bundle's window length, of which more than that never go into a request
 * @param shift which shift detector watches the errors, and how
 */
public record AdaptSettings(
    int graceIntervals,
    Duration graceTime,
    Duration largestLead,
    int frozenFrames,
    int framesAfterShift,
    ShiftSettings shift) {

  public static final AdaptSettings DEFAULT =
      new AdaptSettings(
          5, Duration.ofSeconds(5), Duration.ofMinutes(10), 3, 0, ShiftSettings.DEFAULT);

  public AdaptSettings {
    if (graceIntervals < 0
        || graceTime.isNegative()
        || graceTime.isZero()
        || largestLead.isNegative()
        || frozenFrames < 1
        || framesAfterShift < 0
        || framesAfterShift == 1) {
      throw new IllegalArgumentException(
          "adapt: expected graceIntervals >= 0, a positive graceTime, largestLead >= 0,"
              + " frozenFrames >= 1 and framesAfterShift of 0 or at least 2, found "
              + graceIntervals
              + ", "
              + graceTime
              + ", "
              + largestLead
              + ", "
              + frozenFrames
              + " and "
              + framesAfterShift);
    }
  }
}
