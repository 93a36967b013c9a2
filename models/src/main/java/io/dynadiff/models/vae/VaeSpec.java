package io.dynadiff.models.vae;

/**
 * Sizes of the weight autoencoder.
 *
 * @param width width of a node's embedding, a multiple of {@code heads}
 * @param latent latent numbers per node
 * @param heads attention heads
 * @param blocks transformer blocks of the encoder and of the decoder each
 */
public record VaeSpec(int width, int latent, int heads, int blocks) {

  public VaeSpec {
    if (width < 1 || latent < 1 || heads < 1 || blocks < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "autoencoder: expected positive sizes and a width divisible by the heads, found width "
              + width
              + ", latent "
              + latent
              + ", heads "
              + heads
              + ", blocks "
              + blocks);
    }
  }
}
