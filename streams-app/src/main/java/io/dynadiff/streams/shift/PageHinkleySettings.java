package io.dynadiff.streams.shift;

/**
 * Settings of {@link PageHinkley}.
 *
 * @param allowance excess over the mean that is no evidence, at least 0
 * @param threshold rise of the cumulative deviation that makes a change certain, positive
 * @param forgetting share of each excess that enters the mean once the mean is settled, in 0..1; 0
 *     is a mean over all excesses alike
 */
public record PageHinkleySettings(double allowance, double threshold, double forgetting) {

  public static final PageHinkleySettings DEFAULT = new PageHinkleySettings(0.15, 4.0, 0.05);

  public PageHinkleySettings {
    if (!(allowance >= 0) || !(threshold > 0) || !(forgetting >= 0 && forgetting <= 1)) {
      throw new IllegalArgumentException(
          "page-hinkley: expected allowance >= 0, threshold > 0 and forgetting in 0..1, found "
              + allowance
              + ", "
              + threshold
              + " and "
              + forgetting);
    }
  }
}
