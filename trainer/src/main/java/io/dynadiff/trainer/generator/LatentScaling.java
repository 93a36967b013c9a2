package io.dynadiff.trainer.generator;

import java.util.Arrays;
import java.util.List;

/**
 * Standardisation of latents per dimension.
 *
 * @param mean mean of each latent number
 * @param deviation its standard deviation, floored at a share of the overall one: a dimension that
 *     hardly moves must not be blown up to unit noise
 */
public record LatentScaling(float[] mean, float[] deviation) {

  private static final double FLOOR = 0.3;

  /** Fits the scaling. */
  public static LatentScaling fit(List<float[]> latents) {
    int size = latents.get(0).length;
    float[] mean = new float[size];
    float[] deviation = new float[size];
    double total = 0;
    for (int i = 0; i < size; i++) {
      double sum = 0;
      double square = 0;
      for (float[] latent : latents) {
        sum += latent[i];
        square += (double) latent[i] * latent[i];
      }
      double average = sum / latents.size();
      double variance = Math.max(0, square / latents.size() - average * average);
      mean[i] = (float) average;
      deviation[i] = (float) Math.sqrt(variance);
      total += variance;
    }
    float floor = (float) Math.max(FLOOR * Math.sqrt(total / size), 1e-6);
    for (int i = 0; i < size; i++) {
      deviation[i] = Math.max(deviation[i], floor);
    }
    return new LatentScaling(mean, deviation);
  }

  /** Leaves latents as they are. */
  public static LatentScaling unit(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return new LatentScaling(new float[size], ones);
  }

  /** Copy divided by the deviations alone. */
  public float[] scaled(float[] latent) {
    float[] scaled = new float[latent.length];
    for (int i = 0; i < latent.length; i++) {
      scaled[i] = latent[i] / deviation[i];
    }
    return scaled;
  }

  /** Standardised copy. */
  public float[] standardise(float[] latent) {
    float[] standard = new float[latent.length];
    for (int i = 0; i < latent.length; i++) {
      standard[i] = (latent[i] - mean[i]) / deviation[i];
    }
    return standard;
  }
}
