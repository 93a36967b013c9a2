package io.dynadiff.models.diffusion;

import ai.djl.ndarray.NDArray;
import io.dynadiff.models.nn.Scalars;

/**
 * Ancestral sampler of the paper ("Denoising Diffusion Probabilistic Models", algorithm 2) with the
 * larger of the two usual variances: each step adds noise of the whole variance by which the
 * forward process noises between the two times. 1000 steps on {@link NoiseSchedule#LINEAR_BETA} are
 * the published ones; fewer skip evenly.
 */
public final class DdpmSampler implements Sampler {

  /** Name under which the sampler is recorded. */
  public static final String NAME = "ddpm";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double[] times(NoiseSchedule schedule, int steps) {
    return SamplingTimes.equalInTime(schedule, steps);
  }

  @Override
  public NDArray step(NoiseSchedule schedule, State state, SeededNoise noise) {
    double alphaNext = schedule.alpha(state.next());
    double ratio = schedule.alpha(state.now()) / alphaNext;
    double beta = 1 - ratio * ratio;
    double variance = Math.pow(schedule.sigma(state.now()), 2);
    double varianceNext = Math.pow(schedule.sigma(state.next()), 2);
    return Scalars.scale(state.clean(), alphaNext * beta / variance)
        .add(Scalars.scale(state.z(), ratio * varianceNext / variance))
        .add(
            Scalars.scale(
                noise.draw(state.z().getManager(), state.z().getShape()), Math.sqrt(beta)));
  }
}
