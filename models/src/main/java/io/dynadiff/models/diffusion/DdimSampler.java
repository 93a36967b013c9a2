package io.dynadiff.models.diffusion;

import ai.djl.ndarray.NDArray;
import io.dynadiff.models.nn.Scalars;

/**
 * Deterministic first-order sampler ("Denoising Diffusion Implicit Models", equation 12 with eta =
 * 0): keeps the estimated noise and lowers its share.
 */
public final class DdimSampler implements Sampler {

  /** Name under which the sampler is recorded. */
  public static final String NAME = "ddim";

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
    double kept = schedule.sigma(state.next()) / schedule.sigma(state.now());
    double added = schedule.alpha(state.next()) - kept * schedule.alpha(state.now());
    return Scalars.scale(state.z(), kept).add(Scalars.scale(state.clean(), added));
  }
}
