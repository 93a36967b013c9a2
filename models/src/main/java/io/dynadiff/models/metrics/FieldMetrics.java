package io.dynadiff.models.metrics;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;

/** Scores of one forecast field against the truth, both in physical units, axes [channel, y, x]. */
public final class FieldMetrics {

  private static final double SSIM_SIGMA = 1.5;
  private static final int SSIM_RADIUS = 5;
  private static final double[] SSIM_WINDOW = gaussian(SSIM_RADIUS, SSIM_SIGMA);

  private FieldMetrics() {}

  /** Root mean square error of each channel, in the channel's unit. */
  public static double[] rmse(FieldShape shape, float[] forecast, float[] truth) {
    double[] rmse = new double[shape.channels()];
    requireSize(shape, forecast, truth);
    for (int c = 0, i = 0; c < shape.channels(); c++) {
      double sum = 0;
      for (int p = 0; p < shape.points(); p++, i++) {
        double error = (double) forecast[i] - truth[i];
        sum += error * error;
      }
      rmse[c] = Math.sqrt(sum / shape.points());
    }
    return rmse;
  }

  /** Root mean square error over all channels and points after field normalisation. */
  public static double normalisedRmse(
      FieldShape shape, FieldNormalisation normalisation, float[] forecast, float[] truth) {
    double sum = 0;
    double[] rmse = rmse(shape, forecast, truth);
    for (int c = 0; c < rmse.length; c++) {
      double error = rmse[c] / normalisation.scales()[c];
      sum += error * error;
    }
    return Math.sqrt(sum / rmse.length);
  }

  /** Mean absolute error over all channels and points after field normalisation. */
  public static double normalisedAbsoluteError(
      FieldShape shape, FieldNormalisation normalisation, float[] forecast, float[] truth) {
    requireSize(shape, forecast, truth);
    double sum = 0;
    for (int c = 0, i = 0; c < shape.channels(); c++) {
      for (int p = 0; p < shape.points(); p++, i++) {
        sum += Math.abs((double) forecast[i] - truth[i]) / normalisation.scales()[c];
      }
    }
    return sum / shape.size();
  }

  /** Mean of forecast minus truth of each channel, in the channel's unit. */
  public static double[] bias(FieldShape shape, float[] forecast, float[] truth) {
    requireSize(shape, forecast, truth);
    double[] bias = new double[shape.channels()];
    for (int c = 0, i = 0; c < shape.channels(); c++) {
      double sum = 0;
      for (int p = 0; p < shape.points(); p++, i++) {
        sum += (double) forecast[i] - truth[i];
      }
      bias[c] = sum / shape.points();
    }
    return bias;
  }

  /**
   * Structural similarity, mean over points and channels, in -1..1.
   *
   * <p>Gaussian window of 11 points with sigma 1.5, reflected at the borders, constants 0.01 and
   * 0.03. The data range is four normalisation scales (two standard deviations to each side), which
   * is known online, where an environment's own range is not.
   */
  public static double ssim(
      FieldShape shape, FieldNormalisation normalisation, float[] forecast, float[] truth) {
    requireSize(shape, forecast, truth);
    double total = 0;
    for (int c = 0; c < shape.channels(); c++) {
      double range = 4 * normalisation.scales()[c];
      double offset = normalisation.offsets()[c];
      double[] x = new double[shape.points()];
      double[] y = new double[shape.points()];
      for (int p = 0; p < x.length; p++) {
        // Centring keeps float64 moments accurate for fields with a large mean (kelvin).
        x[p] = (forecast[c * shape.points() + p] - offset) / range;
        y[p] = (truth[c * shape.points() + p] - offset) / range;
      }
      total += ssim(shape.height(), shape.width(), x, y);
    }
    return total / shape.channels();
  }

  private static double ssim(int height, int width, double[] x, double[] y) {
    double c1 = 0.01 * 0.01;
    double c2 = 0.03 * 0.03;
    double[] meanX = blur(height, width, x);
    double[] meanY = blur(height, width, y);
    double[] squareX = blur(height, width, product(x, x));
    double[] squareY = blur(height, width, product(y, y));
    double[] cross = blur(height, width, product(x, y));
    double sum = 0;
    for (int p = 0; p < x.length; p++) {
      double mx = meanX[p];
      double my = meanY[p];
      double varianceX = Math.max(0, squareX[p] - mx * mx);
      double varianceY = Math.max(0, squareY[p] - my * my);
      double covariance = cross[p] - mx * my;
      sum +=
          (2 * mx * my + c1)
              * (2 * covariance + c2)
              / ((mx * mx + my * my + c1) * (varianceX + varianceY + c2));
    }
    return sum / x.length;
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  private static double[] blur(int height, int width, double[] values) {
    double[] rows = new double[values.length];
    double[] both = new double[values.length];
    int[] columnAt = reflected(width);
    int[] rowAt = reflected(height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int k = 0; k < SSIM_WINDOW.length; k++) {
          sum += SSIM_WINDOW[k] * values[y * width + columnAt[x + k]];
        }
        rows[y * width + x] = sum;
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int k = 0; k < SSIM_WINDOW.length; k++) {
          sum += SSIM_WINDOW[k] * rows[rowAt[y + k] * width + x];
        }
        both[y * width + x] = sum;
      }
    }
    return both;
  }

  /** Reflected index of each position from -radius to length + radius - 1. */
  private static int[] reflected(int length) {
    int[] index = new int[length + 2 * SSIM_RADIUS];
    for (int i = 0; i < index.length; i++) {
      index[i] = reflect(i - SSIM_RADIUS, length);
    }
    return index;
  }

  /** Index reflected into 0..length-1 without repeating the border point. */
  private static int reflect(int index, int length) {
    if (length == 1) {
      return 0;
    }
    int period = 2 * (length - 1);
    int i = Math.floorMod(index, period);
    return i < length ? i : period - i;
  }

  private static double[] gaussian(int radius, double sigma) {
    double[] window = new double[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < window.length; i++) {
      window[i] = Math.exp(-(i - radius) * (i - radius) / (2 * sigma * sigma));
      sum += window[i];
    }
    for (int i = 0; i < window.length; i++) {
      window[i] /= sum;
    }
    return window;
  }

  private static void requireSize(FieldShape shape, float[] forecast, float[] truth) {
    if (forecast.length != shape.size() || truth.length != shape.size()) {
      throw new IllegalArgumentException(
          "metrics: expected "
              + shape.size()
              + " values of "
              + shape
              + ", found "
              + forecast.length
              + " forecast and "
              + truth.length
              + " true values");
    }
  }
}
