package io.dynadiff.models.vae;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Sizes of the weight autoencoder.
 *
 * @param width width of a token's embedding, a multiple of {@code heads}
 * @param latent latent numbers per token; 0 for no autoencoder: latents are then the whitened
 *     weights of each token, filled up with zeros to the longest token
 * @param heads attention heads
 * @param blocks transformer blocks of the encoder and of the decoder each
 * @param tokenLength weights per token of the flat weight array, whatever they lead to; 0 for one
 *     token per node of the weight graph
 */
public record VaeSpec(
    int width,
    int latent,
    int heads,
    int blocks,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int tokenLength) {

  public VaeSpec {
    if (width < 1
        || latent < 0
        || heads < 1
        || blocks < 1
        || width % heads != 0
        || tokenLength < 0) {
      throw new IllegalArgumentException(
          "autoencoder: expected positive sizes and a width divisible by the heads, found width "
              + width
              + ", latent "
              + latent
              + ", heads "
              + heads
              + ", blocks "
              + blocks
              + ", token length "
              + tokenLength);
    }
  }

  /** An autoencoder whose tokens are the nodes of the weight graph. */
  public VaeSpec(int width, int latent, int heads, int blocks) {
    this(width, latent, heads, blocks, 0);
  }

  /** Whether there is an autoencoder. */
  public boolean present() {
    return latent > 0;
  }
}
