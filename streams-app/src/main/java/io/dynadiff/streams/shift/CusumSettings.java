package io.dynadiff.streams.shift;

/**
 * Settings of {@link Cusum}.
 *
 * @param allowance excess that is no evidence, at least 0: 0.40 is an error 1.49 times the usual
 * @param threshold sum of excesses that makes a change certain, positive
 */
public record CusumSettings(double allowance, double threshold) {

  /** A trebled error is a shift after six frames, a doubled one after twelve. */
  public static final CusumSettings DEFAULT = new CusumSettings(0.40, 3.5);

  public CusumSettings {
    if (!(allowance >= 0) || !(threshold > 0)) {
      throw new IllegalArgumentException(
          "cusum: expected allowance >= 0 and threshold > 0, found "
              + allowance
              + " and "
              + threshold);
    }
  }
}
