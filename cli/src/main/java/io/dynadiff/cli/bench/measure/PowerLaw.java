package io.dynadiff.cli.bench.measure;

import java.util.Arrays;

/**
 * y = factor * x^exponent, fitted by least squares on logarithms.
 *
 * @param factor value at x = 1
 * @param exponent how y grows
 * @param rSquared share of the variance of log y that it explains
 */
public record PowerLaw(double factor, double exponent, double rSquared) {

  /**
   * Fits a law.
   *
   * @throws IllegalArgumentException if a number is not positive, or there are not two different x
   */
  public static PowerLaw fit(double[] x, double[] y) {
    Line line = Line.fit(logarithms(x), logarithms(y));
    return new PowerLaw(Math.exp(line.intercept()), line.slope(), line.rSquared());
  }

  private static double[] logarithms(double[] values) {
    return Arrays.stream(values)
        .map(
            value -> {
              if (!(value > 0)) {
                throw new IllegalArgumentException(
                    "power law: expected positive numbers, found " + value);
              }
              return Math.log(value);
            })
        .toArray();
  }
}
