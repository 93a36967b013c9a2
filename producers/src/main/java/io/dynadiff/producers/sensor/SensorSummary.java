package io.dynadiff.producers.sensor;

import java.util.List;

/**
 * What a feed of sensors did with everything it was given.
 *
 * @param published frames committed since this start
 * @param resumedFrom frames that were in the topic already
 * @param withheld intervals with observations but too little coverage
 * @param taken observations that went into an interval
 * @param repeated observations that replaced one of the same station and instant
 * @param late observations that came after their interval was closed
 * @param beforeStart observations of intervals that an earlier start has dealt with
 * @param future observations with an instant after the present
 * @param malformed lines that were no observations
 * @param unpublished observations in intervals that were open when the feed was stopped
 * @param stations stations that have ever reported
 * @param silent stations that had fallen silent at the end
 * @param complete true when the input ended, false when the feed was stopped
 */
record SensorSummary(
    long published,
    long resumedFrom,
    long withheld,
    long taken,
    long repeated,
    long late,
    long beforeStart,
    long future,
    long malformed,
    long unpublished,
    int stations,
    List<String> silent,
    boolean complete) {

  @Override
  public String toString() {
    return text("published");
  }

  /**
   * The same in words.
   *
   * @param done what was done to the frames
   */
  String text(String done) {
    return published
        + " frames "
        + done
        + ", "
        + withheld
        + " withheld; observations: "
        + taken
        + " taken, "
        + repeated
        + " repeated, "
        + late
        + " late, "
        + beforeStart
        + " of before the start, "
        + future
        + " of the future, "
        + unpublished
        + " of open intervals not used; "
        + malformed
        + " malformed lines; "
        + stations
        + " stations, "
        + (silent.isEmpty() ? "none silent" : "silent: " + String.join(", ", silent));
  }
}
