package io.dynadiff.models.prompt;

import java.util.List;

/**
 * Standardisation of window features with constants from the seen environments.
 *
 * @param statisticsMean mean of each statistic
 * @param statisticsDeviation its standard deviation, positive
 * @param spectraMean mean of each feature of a frame
 * @param spectraDeviation its standard deviation, positive
 */
public record FeatureScaling(
    float[] statisticsMean,
    float[] statisticsDeviation,
    float[] spectraMean,
    float[] spectraDeviation) {

  /** Standardised values beyond this are cut: an unseen feed must not blow up the prompter. */
  private static final float LIMIT = 8f;

  /** Fits the constants to windows of the seen environments. */
  public static FeatureScaling fit(List<WindowFeatures> windows) {
    List<float[]> statistics = windows.stream().map(WindowFeatures::statistics).toList();
    List<float[]> spectra =
        windows.stream().flatMap(w -> java.util.Arrays.stream(w.spectra())).toList();
    float[] statisticsMean = mean(statistics);
    float[] spectraMean = mean(spectra);
    return new FeatureScaling(
        statisticsMean,
        deviation(statistics, statisticsMean),
        spectraMean,
        deviation(spectra, spectraMean));
  }

  /** Standardised copy of features. */
  public WindowFeatures standardise(WindowFeatures features) {
    if (features.statistics().length != statisticsMean.length
        || features.spectra()[0].length != spectraMean.length) {
      throw new IllegalArgumentException(
          "window features: expected "
              + statisticsMean.length
              + " statistics and "
              + spectraMean.length
              + " spectral features per frame, found "
              + features.statistics().length
              + " and "
              + features.spectra()[0].length);
    }
    float[][] spectra = new float[features.spectra().length][];
    for (int t = 0; t < spectra.length; t++) {
      spectra[t] = standardise(features.spectra()[t], spectraMean, spectraDeviation);
    }
    return new WindowFeatures(
        standardise(features.statistics(), statisticsMean, statisticsDeviation), spectra);
  }

  private static float[] standardise(float[] values, float[] mean, float[] deviation) {
    float[] standard = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      standard[i] = Math.max(-LIMIT, Math.min(LIMIT, (values[i] - mean[i]) / deviation[i]));
    }
    return standard;
  }

  private static float[] mean(List<float[]> rows) {
    double[] sum = new double[rows.get(0).length];
    for (float[] row : rows) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += row[i];
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / rows.size());
    }
    return mean;
  }

  private static float[] deviation(List<float[]> rows, float[] mean) {
    double[] sum = new double[mean.length];
    for (float[] row : rows) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += Math.pow(row[i] - mean[i], 2);
      }
    }
    float[] deviation = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      deviation[i] = (float) Math.max(Math.sqrt(sum[i] / rows.size()), 1e-6);
    }
    return deviation;
  }
}
