package io.dynadiff.models.diffusion;

import ai.djl.ndarray.NDArray;
import io.dynadiff.models.nn.Scalars;

/**
 * What the diffusion network predicts of a noised latent {@code z = alpha clean + sigma noise}. All
 * three say the same, with errors weighted differently over the times.
 */
public enum PredictionTarget {

  /** The noise, as in the paper. */
  EPSILON {
    @Override
    public double of(double clean, double noise, double alpha, double sigma) {
      return noise;
    }

    @Override
    public NDArray clean(NDArray z, NDArray prediction, double alpha, double sigma) {
      return Scalars.scale(z.sub(Scalars.scale(prediction, sigma)), 1 / alpha);
    }
  },

  /** The clean latent. */
  X0 {
    @Override
    public double of(double clean, double noise, double alpha, double sigma) {
      return clean;
    }

    @Override
    public NDArray clean(NDArray z, NDArray prediction, double alpha, double sigma) {
      return prediction.duplicate();
    }
  },

  /** {@code alpha noise - sigma clean} ("Progressive Distillation", section 4). */
  V {
    @Override
    public double of(double clean, double noise, double alpha, double sigma) {
      return alpha * noise - sigma * clean;
    }

    @Override
    public NDArray clean(NDArray z, NDArray prediction, double alpha, double sigma) {
      return Scalars.scale(z, alpha).sub(Scalars.scale(prediction, sigma));
    }
  };

  /** The target of one number in training. */
  public abstract double of(double clean, double noise, double alpha, double sigma);

  /** The clean latents that a prediction means, same axes, in the manager of {@code z}. */
  public abstract NDArray clean(NDArray z, NDArray prediction, double alpha, double sigma);
}
