package io.dynadiff.cli.bench;

import io.dynadiff.streams.shift.OneStepError;
import java.util.List;

/**
 * The one-step errors of one feed, as the watching side of the adapt role sees them.
 *
 * @param group what it is counted with, for example {@code stationary} or {@code shift-0.20}
 * @param calibratedError normalised error that good experts of the system achieve
 * @param errors in order of sequence
 * @param shiftSequence first frame after the change, -1 if nothing changes
 */
record ErrorSeries(
    String group, double calibratedError, List<OneStepError> errors, long shiftSequence) {

  ErrorSeries {
    errors = List.copyOf(errors);
    if (errors.isEmpty() || !(calibratedError > 0)) {
      throw new IllegalArgumentException(
          "error series "
              + group
              + ": expected errors and a positive calibrated error, found "
              + errors.size()
              + " errors and "
              + calibratedError);
    }
  }

  boolean shifts() {
    return shiftSequence >= 0;
  }
}
