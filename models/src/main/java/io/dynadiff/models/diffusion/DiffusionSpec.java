package io.dynadiff.models.diffusion;

/**
 * Sizes of the diffusion transformer.
 *
 * @param width width of a token, even and a multiple of {@code heads}
 * @param heads attention heads
 * @param blocks transformer blocks
 * @param condition length of the condition vector
 */
public record DiffusionSpec(int width, int heads, int blocks, int condition) {

  public DiffusionSpec {
    if (width < 2 || heads < 1 || blocks < 1 || condition < 1 || width % (2 * heads) != 0) {
      throw new IllegalArgumentException(
          "diffusion: expected positive sizes and a width divisible by twice the heads, found width "
              + width
              + ", heads "
              + heads
              + ", blocks "
              + blocks
              + ", condition "
              + condition);
    }
  }
}
