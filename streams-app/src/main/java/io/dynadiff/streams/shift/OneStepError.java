package io.dynadiff.streams.shift;

/**
 * The error of a forecast one interval ahead, as shift detectors see it.
 *
 * @param sequence sequence of the verifying frame
 * @param weightsVersion version of the expert that made the forecast
 * @param atUsualPace root mean square error after field normalisation, as it would be if the field
 *     changed at its usual pace; not finite where the forecast was not
 * @param still whether the frame repeats the frame before it to the last bit: the sensor is frozen,
 *     and the error says nothing about the expert
 */
public record OneStepError(long sequence, long weightsVersion, double atUsualPace, boolean still) {

  /** Slowest change that errors are related to, as a share of the usual one. */
  private static final double SLOWEST_PACE = 0.25;

  /**
   * Relates an error to the pace of the field: weather that moves twice as fast doubles the error
   * of the right expert, too, and is no shift.
   *
   * @param error normalised root mean square error
   * @param change normalised root mean square change of the field over the same interval, that is,
   *     the error of persistence; not finite if it is not known
   * @param usualChange change that is usual of the system, positive
   */
  public static OneStepError of(
      long sequence, long weightsVersion, double error, double change, double usualChange) {
    if (!Double.isFinite(change)) {
      // The issue frame is not known any more; that says nothing about the expert.
      return new OneStepError(sequence, weightsVersion, error, false);
    }
    // A field that hardly moves must not turn a small error into a large one.
    double pace = Math.max(change / usualChange, SLOWEST_PACE);
    return new OneStepError(sequence, weightsVersion, error / pace, change == 0);
  }
}
