package io.dynadiff.models.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * DPM-Solver++(2M), a deterministic second-order multistep sampler ("DPM-Solver++: Fast Solver for
 * Guided Sampling of Diffusion Probabilistic Models", algorithm 2), on {@link CosineSchedule}.
 */
public final class DpmSolver {

  /** Name under which the sampler is recorded. */
  public static final String NAME = "dpm-solver++2m";

  private static final double FIRST = 0.99;
  private static final double LAST = 0.02;

  private DpmSolver() {}

  /** Predicts v for noised latents at one time. */
  @FunctionalInterface
  public interface Denoiser {

    /**
     * @param z noised latents, axes [batch, node, latent]
     * @param time time in (0, 1)
     */
    NDArray predict(NDArray z, double time);
  }

  /**
   * Samples latents.
   *
   * @param noise standard normal noise, already scaled by the temperature, axes [batch, node,
   *     latent]
   * @param steps network evaluations, at least 1
   * @param denoiser the network
   * @return the clean latents, same axes
   */
  public static NDArray sample(NDArray noise, int steps, Denoiser denoiser) {
    NDArray z = noise;
    NDArray previous = null;
    double previousStep = 0;
    for (int i = 0; i < steps; i++) {
      double now = time(i, steps);
      NDArray clean = clean(z, denoiser.predict(z, now), now);
      if (i == steps - 1) {
        return clean;
      }
      double next = time(i + 1, steps);
      double step = CosineSchedule.lambda(next) - CosineSchedule.lambda(now);
      NDArray estimate = clean;
      if (previous != null) {
        double ratio = 1 / (2 * previousStep / step);
        estimate = clean.mul((float) (1 + ratio)).sub(previous.mul((float) ratio));
      }
      z =
          z.mul((float) (CosineSchedule.sigma(next) / CosineSchedule.sigma(now)))
              .sub(estimate.mul((float) (CosineSchedule.alpha(next) * Math.expm1(-step))));
      previous = clean;
      previousStep = step;
    }
    throw new IllegalArgumentException("sampler: expected at least 1 step, found " + steps);
  }

  private static double time(int step, int steps) {
    if (steps == 1) {
      return FIRST;
    }
    // Equal steps in lambda: equal steps in time would make the second-order term overshoot.
    double from = CosineSchedule.lambda(FIRST);
    double to = CosineSchedule.lambda(LAST);
    return CosineSchedule.timeOf(from + (to - from) * step / (steps - 1));
  }

  private static NDArray clean(NDArray z, NDArray v, double time) {
    return z.mul((float) CosineSchedule.alpha(time)).sub(v.mul((float) CosineSchedule.sigma(time)));
  }
}
