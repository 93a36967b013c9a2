package io.dynadiff.models.graph;

import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import java.util.Arrays;
import java.util.List;

/**
 * Affine scaling of expert weights; usually whitening, {@link Kind#DIFFERENCE}: the difference to
 * the zoo's mean, divided by the root mean square difference of each layer and kind of weight
 * (spectral, skip, bias).
 *
 * <p>Experts descend from one base model, so their differences are small against the weights
 * themselves; the paper's min-max over absolute weights spends the network's resolution on what all
 * experts share.
 *
 * @param mean what whitening takes off, flat: the mean expert or the smallest weight of a group
 * @param scale scale of each weight, flat, positive
 */
public record WeightScaling(float[] mean, float[] scale) {

  private static final float SMALLEST = 1e-6f;

  public WeightScaling {
    if (mean.length != scale.length) {
      throw new IllegalArgumentException(
          "weight scaling: expected as many scales as means, found "
              + scale.length
              + " and "
              + mean.length);
    }
  }

  /** How the constants are chosen. */
  public enum Kind {
    /** Difference to the zoo's mean, in units of its root mean square by layer and kind. */
    DIFFERENCE,
    /** Minimum and range of each node's weights of a kind over the zoo: 0 to 1, as in the paper. */
    ABSOLUTE_RANGE
  }

  /** Fits the scaling to a zoo of experts that share a layout. */
  public static WeightScaling fit(Kind kind, WeightLayout layout, List<float[]> zoo) {
    return kind == Kind.DIFFERENCE ? difference(layout, zoo) : range(layout, zoo);
  }

  private static WeightScaling range(WeightLayout layout, List<float[]> zoo) {
    float[] low = new float[layout.parameterCount()];
    float[] range = new float[low.length];
    int at = 0;
    for (Layer layer : layout.layers()) {
      for (int node = 0; node < layer.nodes(); node++) {
        for (Segment segment : layer.segments()) {
          range(zoo, at, at + segment.length(), low, range);
          at += segment.length();
        }
      }
    }
    return new WeightScaling(low, range);
  }

  /** Smallest value and range over all experts of the weights from {@code from} to {@code to}. */
  private static void range(List<float[]> zoo, int from, int to, float[] low, float[] range) {
    float smallest = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (float[] expert : zoo) {
      for (int i = from; i < to; i++) {
        smallest = Math.min(smallest, expert[i]);
        largest = Math.max(largest, expert[i]);
      }
    }
    Arrays.fill(low, from, to, smallest);
    Arrays.fill(range, from, to, Math.max(largest - smallest, SMALLEST));
  }

  private static WeightScaling difference(WeightLayout layout, List<float[]> zoo) {
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
        float rms = (float) Math.max(Math.sqrt(sum / count), SMALLEST);
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
