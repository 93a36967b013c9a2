package io.dynadiff.models.fno;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import java.util.Random;

/** Initial weights of a Fourier neural operator, distributed as in neuraloperator. */
final class FnoInitialisation {

  private FnoInitialisation() {}

  /**
   * Draws flat weights: uniform in +-1/sqrt(inputs) for 1x1 maps and their biases, normal with
   * variance 2/(in+out) for spectral weights and block biases (half of it for re and im each).
   */
  public static float[] draw(ExpertSpec spec, long seed) {
    Random random = new Random(seed);
    float[] weights = new float[spec.parameterCount()];
    int hidden = FnoSizes.of(spec).hidden();
    double spectral = Math.sqrt(2.0 / (2 * hidden) / 2);
    int at = 0;
    for (Layer layer : spec.layout().layers()) {
      for (int node = 0; node < layer.nodes(); node++) {
        for (Segment segment : layer.segments()) {
          boolean convolution = segment.tensor().contains(".convs.");
          double bound = 1 / Math.sqrt(layer.segments().get(convolution ? 1 : 0).length());
          for (int i = 0; i < segment.length(); i++) {
            weights[at++] =
                (float)
                    (convolution
                        ? spectral * random.nextGaussian()
                        : segment.tensor().contains("_skips.")
                            ? (2 * random.nextDouble() - 1) / Math.sqrt(hidden)
                            : (2 * random.nextDouble() - 1) * bound);
          }
        }
      }
    }
    return weights;
  }
}
