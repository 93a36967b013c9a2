package io.dynadiff.kernels;

import java.util.ArrayList;
import java.util.List;

/** The weights of one expert as its passes read them. Safe to share while nothing is loaded. */
public final class FnoWeights {

  private final FnoSizes sizes;
  private final List<SpectralWeights> spectral = new ArrayList<>();

  /** Of spectral factors, which lie elsewhere, nothing stands here. */
  private final float[] flat;

  /** Room for one expert's weights. */
  public FnoWeights(FnoSizes sizes) {
    this.sizes = sizes;
    this.flat = new float[sizes.parameterCount()];
    for (int l = 0; l < sizes.layers(); l++) {
      spectral.add(new SpectralWeights(sizes.hidden(), sizes.modes()));
    }
  }

  /**
   * Copies weights.
   *
   * @param weights flat weights, at least {@link FnoSizes#parameterCount()} from {@code from} on
   */
  public void load(float[] weights, int from) {
    int features = sizes.convolutionFeatures();
    int factors = features - sizes.hidden() - 1;
    int copied = 0;
    for (int l = 0; l < sizes.layers(); l++) {
      int convolution = sizes.convolution(l);
      spectral.get(l).load(weights, from + convolution, features);
      for (int node = 0; node < sizes.hidden(); node++) {
        int begin = convolution + node * features;
        System.arraycopy(weights, from + copied, flat, copied, begin - copied);
        copied = begin + factors;
      }
    }
    System.arraycopy(weights, from + copied, flat, copied, flat.length - copied);
  }

  float[] flat() {
    return flat;
  }

  SpectralWeights spectral(int layer) {
    return spectral.get(layer);
  }
}
