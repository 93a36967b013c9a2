package io.dynadiff.streams.shift;

/**
 * Settings of {@link Cusum}.
 *
 * @param allowance excess that is no evidence, at least 0: 0.35 is an error 1.42 times the usual
 * @param threshold sum of excesses that makes a change certain, positive
 */
public record CusumSettings(double allowance, double threshold) {

  public static final CusumSettings DEFAULT = new CusumSettings(0.35, 2.0);

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
