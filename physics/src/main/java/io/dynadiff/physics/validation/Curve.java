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

  /** A level line from one x to another. */
  static Curve level(String name, double from, double to, double value) {
    return new Curve(name, new double[] {from, to}, new double[] {value, value});
  }

  /** A straight line of a given order beside this curve, where both axes are logarithmic. */
  Curve line(int order) {
    double[] line = new double[x.length];
    for (int i = 0; i < line.length; i++) {
      line[i] = 2 * y[0] * Math.pow(x[i] / x[0], order);
    }
    return new Curve("order " + order, x, line);
  }
}
