package io.dynadiff.physics.validation;

/**
 * Measured numbers against what was varied.
 *
 * @param name what the legend says
 * @param x what was varied
 * @param y what was measured, as many
 */
public record Curve(String name, double[] x, double[] y) {

  public Curve {
    if (name.isBlank() || x.length == 0 || x.length != y.length) {
      throw new IllegalArgumentException(
          "curve '%s': expected a name and as many x as y, found %d and %d"
              .formatted(name, x.length, y.length));
    }
  }

  /** Largest y; NaN if one of them is. */
  public double largest() {
    double largest = y[0];
    for (double value : y) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  /** Slope of log y against log x between the first and the last point: the order of an error. */
  public double logSlope() {
    int last = x.length - 1;
    return Math.log(y[last] / y[0]) / Math.log(x[last] / x[0]);
  }
}
