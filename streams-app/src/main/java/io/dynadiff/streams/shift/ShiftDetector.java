package io.dynadiff.streams.shift;

import java.util.Optional;

/**
 * Tells from a sequence of one-step forecast errors whether an environment has changed under its
 * expert.
 *
 * <p>Implementations are pure: everything they remember is in the {@link ShiftMemory} that they are
 * given and return, so that it can live in a state store. Thread-safe.
 */
public interface ShiftDetector {

  /**
   * Takes one error into account.
   *
   * @param memory what is known so far, {@link ShiftMemory#NONE} at first
   * @param error the next error; its sequence must be higher than that of the errors before, else
   *     it is ignored
   * @param calibratedError normalised one-step error that good experts of the system achieve,
   *     positive
   */
  Verdict observe(ShiftMemory memory, OneStepError error, double calibratedError);

  /**
   * The error of a forecast one interval ahead.
   *
   * @param sequence sequence of the verifying frame
   * @param weightsVersion version of the expert that made the forecast
   * @param normalisedRmse root mean square error after field normalisation; not finite where the
   *     forecast was not
   */
  record OneStepError(long sequence, long weightsVersion, double normalisedRmse) {}

  /**
   * A detected change.
   *
   * @param onsetSequence estimated first frame after the change
   * @param detectedSequence frame at which it became certain
   * @param statistic value of the test statistic
   * @param threshold value it had to exceed
   * @param reference error that the expert used to have, normalised
   */
  record Shift(
      long onsetSequence,
      long detectedSequence,
      double statistic,
      double threshold,
      double reference) {}

  /** What to remember, and the change if this error settles it. */
  record Verdict(ShiftMemory memory, Optional<Shift> shift) {}
}
