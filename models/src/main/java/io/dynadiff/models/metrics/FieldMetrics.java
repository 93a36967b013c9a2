package io.dynadiff.models.metrics;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;

/** Scores of one forecast field against the truth, both in physical units, axes [channel, y, x]. */
public final class FieldMetrics {

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

  /** {@link StructuralSimilarity} of one forecast alone, in -1..1. */
  public static double ssim(
      FieldShape shape, FieldNormalisation normalisation, float[] forecast, float[] truth) {
    return new StructuralSimilarity(shape, normalisation, truth).of(forecast);
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
