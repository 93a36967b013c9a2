package io.dynadiff.models.graph;

import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import java.util.List;

/**
 * Whitening of expert weights: the difference to the zoo's mean, divided by the root mean square
 * difference of each layer and kind of weight (spectral, skip, bias).
 *
 * <p>Experts descend from one base model, so their differences are small against the weights
 * themselves; the paper's min-max over absolute weights spends the network's resolution on what all
 * experts share.
 *
 * @param mean mean expert, flat
 * @param scale scale of each weight, flat, positive
 */
public record WeightScaling(float[] mean, float[] scale) {

  public WeightScaling {
    if (mean.length != scale.length) {
      throw new IllegalArgumentException(
          "weight scaling: expected as many scales as means, found "
              + scale.length
              + " and "
              + mean.length);
    }
  }

  /** Fits the scaling to a zoo of experts that share a layout. */
  public static WeightScaling fit(WeightLayout layout, List<float[]> zoo) {
    int size = layout.parameterCount();
    float[] mean = new float[size];
    for (float[] expert : zoo) {
      for (int i = 0; i < size; i++) {
        mean[i] += expert[i] / zoo.size();
      }
    }
    float[] scale = new float[size];
    int at = 0;
    for (Layer layer : layout.layers()) {
      int offset = 0;
      for (Segment segment : layer.segments()) {
        double sum = 0;
        for (float[] expert : zoo) {
          for (int node = 0; node < layer.nodes(); node++) {
            for (int f = 0; f < segment.length(); f++) {
              int i = at + node * layer.features() + offset + f;
              sum += Math.pow(expert[i] - mean[i], 2);
            }
          }
        }
        double count = (double) zoo.size() * layer.nodes() * segment.length();
        // A kind of weight that never moves needs no resolution, only a finite scale.
        float rms = (float) Math.max(Math.sqrt(sum / count), 1e-6);
        for (int node = 0; node < layer.nodes(); node++) {
          for (int f = 0; f < segment.length(); f++) {
            scale[at + node * layer.features() + offset + f] = rms;
          }
        }
        offset += segment.length();
      }
      at += layer.size();
    }
    return new WeightScaling(mean, scale);
  }

  /** Whitened copy of flat weights. */
  public float[] whiten(float[] weights) {
    float[] whitened = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      whitened[i] = (weights[i] - mean[i]) / scale[i];
    }
    return whitened;
  }
}
