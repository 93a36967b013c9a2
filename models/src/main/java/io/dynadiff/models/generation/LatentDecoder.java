package io.dynadiff.models.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.bundle.BundleManifest;
import io.dynadiff.models.bundle.GeneratorTensors;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.vae.WeightVae;
import java.util.ArrayList;
import java.util.List;

/**
 * Standardised latents to expert weights: the autoencoder's decoder between the two affine scalings
 * of a bundle. Confined to one thread.
 */
final class LatentDecoder {

  private final WeightLayout layout;
  private final WeightVae vae;
  private final Parameters parameters;
  private final NDArray latentMean;
  private final NDArray latentDeviation;
  private final NDArray weightMean;
  private final NDArray weightScale;
  private long nanos;

  /**
   * @param manager keeps the decoder's constants
   */
  LatentDecoder(BundleManifest manifest, GeneratorTensors tensors, NDManager manager) {
    this.layout = manifest.expert().layout();
    this.vae = new WeightVae(layout, manifest.vae());
    this.parameters = new Parameters(vae.decoderLayout(), manager.create(tensors.decoder()));
    Shape nodes = latents(1);
    this.latentMean = manager.create(tensors.latentMean(), nodes);
    this.latentDeviation = manager.create(tensors.latentDeviation(), nodes);
    this.weightMean = manager.create(tensors.weightScaling().mean());
    this.weightScale = manager.create(tensors.weightScaling().scale());
  }

  /** Number of tokens of the autoencoder. */
  int nodes() {
    return vae.nodes();
  }

  /** Latent numbers per token. */
  int latent() {
    return vae.latent();
  }

  /** Axes [batch, node, latent] for so many latents. */
  Shape latents(int batch) {
    return new Shape(batch, vae.nodes(), vae.latent());
  }

  /**
   * Decodes.
   *
   * @param standardised axes [batch, node, latent]
   * @return flat weights of each
   */
  List<float[]> decode(NDArray standardised) {
    long start = System.nanoTime();
    NDArray latents = standardised.mul(latentDeviation).add(latentMean);
    float[] weights =
        vae.decode(parameters, latents).mul(weightScale).add(weightMean).toFloatArray();
    int size = layout.parameterCount();
    List<float[]> experts = new ArrayList<>();
    for (int from = 0; from < weights.length; from += size) {
      experts.add(java.util.Arrays.copyOfRange(weights, from, from + size));
    }
    nanos += System.nanoTime() - start;
    return experts;
  }

  /** Time spent decoding since the last call, in milliseconds. */
  double takeMillis() {
    double millis = nanos / 1e6;
    nanos = 0;
    return millis;
  }
}
