package io.dynadiff.streams.shift;

/**
 * Settings of {@link Cusum}; errors are compared as natural logarithms of ratios.
 *
 * @param allowance excess over the reference that is no evidence: 0.35 is an error 1.42 times the
 *     usual
 * @param threshold evidence that makes a change certain
 * @param largestStep most evidence that a single error can bring, so that one bad frame is no shift
 * @param warmUp errors after a swap from which the expert's usual error is learnt
 * @param calibrationWeight how many errors the bundle's calibration counts for in that
 * @param adaptation share of each error that moves the reference while there is no evidence, 0..1
 * @param quietFrames frames after a detection in which nothing is reported
 */
public record CusumSettings(
    double allowance,
    double threshold,
    double largestStep,
    int warmUp,
    int calibrationWeight,
    double adaptation,
    int quietFrames) {

  /** Defaults: a trebled error is a shift after three frames, a doubled one after six. */
  public static final CusumSettings DEFAULT = new CusumSettings(0.35, 2.0, 0.8, 5, 2, 0.02, 16);

  public CusumSettings {
    if (!(allowance >= 0)
        || !(threshold > 0)
        || !(largestStep > 0)
        || warmUp < 1
        || calibrationWeight < 0
        || !(adaptation >= 0 && adaptation <= 1)
        || quietFrames < 0) {
      throw new IllegalArgumentException(
          "shift detector: expected allowance >= 0, threshold > 0, largestStep > 0, warmUp >= 1,"
              + " calibrationWeight >= 0, adaptation in 0..1 and quietFrames >= 0, found "
              + allowance
              + ", "
              + threshold
              + ", "
              + largestStep
              + ", "
              + warmUp
              + ", "
              + calibrationWeight
              + ", "
              + adaptation
              + " and "
              + quietFrames);
    }
  }
}
