package io.dynadiff.cli.bench.measure;

/**
 * A straight line fitted by least squares.
 *
 * @param intercept value at 0
 * @param slope change per unit
 * @param rSquared share of the variance that it explains; 1 where there is none
 */
public record Line(double intercept, double slope, double rSquared) {

  /**
   * Fits a line.
   *
   * @throws IllegalArgumentException if there are not at least two different x, or not as many y
   */
  public static Line fit(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException(
          "line: expected at least 2 points, as many y as x, found "
              + x.length
              + " and "
              + y.length);
    }
    double meanX = mean(x);
    double meanY = mean(y);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    if (xx == 0) {
      throw new IllegalArgumentException("line: expected two different x, found only " + meanX);
    }
    double slope = xy / xx;
    return new Line(meanY - slope * meanX, slope, yy == 0 ? 1 : xy * xy / (xx * yy));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
