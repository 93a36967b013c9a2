package io.dynadiff.models.metrics;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;

/**
 * Structural similarity of forecasts to one true field, axes [channel, y, x], in float64.
 *
 * <p>Local means, variances and covariance are under a Gaussian window of 11 points with sigma 1.5,
 * reflected at the borders; the constants are 0.01 and 0.03 (Wang et al. 2004, equation 13). What
 * concerns the truth alone is worked out once, however many forecasts are compared with it.
 * Confined to one thread.
 */
public final class StructuralSimilarity {

  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;

  private final FieldShape shape;
  private final FieldNormalisation normalisation;
  private final GaussianWindow window;

  /** The truth, its local means and its local mean squares, axes [channel, point]. */
  private final double[][] truth;

  private final double[][] truthMean;
  private final double[][] truthSquare;

  private final double[] values;
  private final double[] products;
  private final double[] mean;
  private final double[] square;
  private final double[] cross;

  /**
   * @param normalisation four of its scales (two standard deviations to each side) are the data
   *     range, which is known online, where an environment's own range is not
   * @param truth in physical units
   * @throws IllegalArgumentException if the truth does not have the shape
   */
  public StructuralSimilarity(FieldShape shape, FieldNormalisation normalisation, float[] truth) {
    requireSize(shape, truth);
    this.shape = shape;
    this.normalisation = normalisation;
    int points = shape.points();
    this.window = new GaussianWindow(shape.height(), shape.width());
    this.truth = new double[shape.channels()][points];
    this.truthMean = new double[shape.channels()][points];
    this.truthSquare = new double[shape.channels()][points];
    this.values = new double[points];
    this.products = new double[points];
    this.mean = new double[points];
    this.square = new double[points];
    this.cross = new double[points];
    for (int c = 0; c < shape.channels(); c++) {
      centre(c, truth, this.truth[c]);
      window.mean(this.truth[c], truthMean[c]);
      multiply(this.truth[c], this.truth[c]);
      window.mean(products, truthSquare[c]);
    }
  }

  /**
   * Mean over points and channels, in -1..1.
   *
   * @param forecast in physical units
   * @throws IllegalArgumentException if the forecast does not have the shape
   */
  public double of(float[] forecast) {
    requireSize(shape, forecast);
    double total = 0;
    for (int c = 0; c < shape.channels(); c++) {
      centre(c, forecast, values);
      window.mean(values, mean);
      multiply(values, values);
      window.mean(products, square);
      multiply(values, truth[c]);
      window.mean(products, cross);
      total += channel(truthMean[c], truthSquare[c]);
    }
    return total / shape.channels();
  }

  private double channel(double[] trueMean, double[] trueSquare) {
    double sum = 0;
    for (int p = 0; p < mean.length; p++) {
      double mx = mean[p];
      double my = trueMean[p];
      double varianceX = Math.max(0, square[p] - mx * mx);
      double varianceY = Math.max(0, trueSquare[p] - my * my);
      double covariance = cross[p] - mx * my;
      sum +=
          (2 * mx * my + C1)
              * (2 * covariance + C2)
              / ((mx * mx + my * my + C1) * (varianceX + varianceY + C2));
    }
    return sum / mean.length;
  }

  /** Centring keeps float64 moments accurate for fields with a large mean (kelvin). */
  private void centre(int channel, float[] field, double[] centred) {
    double range = 4 * normalisation.scales()[channel];
    double offset = normalisation.offsets()[channel];
    int from = channel * centred.length;
    for (int p = 0; p < centred.length; p++) {
      centred[p] = (field[from + p] - offset) / range;
    }
  }

  private void multiply(double[] a, double[] b) {
    for (int p = 0; p < products.length; p++) {
      products[p] = a[p] * b[p];
    }
  }

  private static void requireSize(FieldShape shape, float[] field) {
    if (field.length != shape.size()) {
      throw new IllegalArgumentException(
          "structural similarity: expected "
              + shape.size()
              + " values of "
              + shape
              + ", found "
              + field.length);
    }
  }
}
