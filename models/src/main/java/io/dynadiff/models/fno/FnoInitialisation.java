package io.dynadiff.models.fno;

import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import java.util.Random;

/** Initial weights of a Fourier neural operator, distributed as in neuraloperator. */
final class FnoInitialisation {

  private FnoInitialisation() {}

  /**
   * Draws flat weights: uniform in +-1/sqrt(inputs) for 1x1 maps and their biases; normal with
   * variance 2/(in+out) for block biases and, half of it for re and im each, spectral weights; ones
   * for gates.
   */
  static float[] draw(FnoForm form, WeightLayout layout, long seed) {
    Random random = new Random(seed);
    float[] weights = new float[layout.parameterCount()];
    int at = 0;
    for (Layer layer : layout.layers()) {
      int inputs = layer.segments().get(0).length();
      for (int node = 0; node < layer.nodes(); node++) {
        for (Segment segment : layer.segments()) {
          for (int i = 0; i < segment.length(); i++) {
            weights[at++] = (float) draw(form, segment.tensor(), inputs, random);
          }
        }
      }
    }
    return weights;
  }

  private static double draw(FnoForm form, String tensor, int inputs, Random random) {
    double block = Math.sqrt(2.0 / (2 * form.hidden()));
    if (tensor.contains(".convs.")) {
      double deviation = tensor.endsWith(".bias") ? block : block / Math.sqrt(2);
      return deviation * random.nextGaussian();
    }
    if (tensor.contains(".channel_mlp_skips.")) {
      return 1;
    }
    double bound = 1 / Math.sqrt(tensor.contains(".fno_skips.") ? form.hidden() : inputs);
    return (2 * random.nextDouble() - 1) * bound;
  }
}
