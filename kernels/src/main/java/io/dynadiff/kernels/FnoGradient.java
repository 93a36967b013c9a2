package io.dynadiff.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sums the gradient of one expert's weights over passes. Confined to one thread. */
public final class FnoGradient {

  private final FnoSizes sizes;
  private final List<SpectralWeights> spectral = new ArrayList<>();
  private final float[] flat;

  /** A gradient of zero. */
  public FnoGradient(FnoSizes sizes) {
    this.sizes = sizes;
    this.flat = new float[sizes.parameterCount()];
    for (int l = 0; l < sizes.layers(); l++) {
      spectral.add(new SpectralWeights(sizes.hidden(), sizes.modes()));
    }
  }

  /** Adds the sum to a flat gradient and starts again from zero. */
  public void drainTo(float[] gradient, int from) {
    for (int l = 0; l < sizes.layers(); l++) {
      spectral.get(l).drainTo(flat, sizes.convolution(l), sizes.convolutionFeatures());
    }
    for (int i = 0; i < flat.length; i++) {
      gradient[from + i] += flat[i];
    }
    Arrays.fill(flat, 0);
  }

  float[] flat() {
    return flat;
  }

  SpectralWeights spectral(int layer) {
    return spectral.get(layer);
  }
}
