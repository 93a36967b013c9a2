package io.dynadiff.kernels;

import java.util.ArrayList;
import java.util.List;

/** The weights of one expert as its passes read them. Safe to share while nothing is loaded. */
public final class FnoWeights {

  private final FnoSizes sizes;
  private final List<SpectralWeights> spectral = new ArrayList<>();
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
    System.arraycopy(weights, from, flat, 0, flat.length);
    for (int l = 0; l < sizes.layers(); l++) {
      spectral.get(l).load(flat, sizes.convolution(l), sizes.convolutionFeatures());
    }
  }

  float[] flat() {
    return flat;
  }

  SpectralWeights spectral(int layer) {
    return spectral.get(layer);
  }
}
