package io.dynadiff.models.diffusion;

import ai.djl.ndarray.NDArray;

/** Estimates clean latents from noised ones. */
@FunctionalInterface
public interface Denoiser {

  /**
   * The expected clean latents.
   *
   * @param z noised latents, axes [batch, node, latent]
   * @param time time in (0, 1]
   * @return same axes, in the manager of {@code z}
   */
  NDArray clean(NDArray z, double time);
}
