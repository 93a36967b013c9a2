package io.dynadiff.models.diffusion;

import ai.djl.ndarray.NDArray;
import io.dynadiff.models.nn.Scalars;

/**
 * DPM-Solver++(2M), a deterministic second-order multistep sampler ("DPM-Solver++: Fast Solver for
 * Guided Sampling of Diffusion Probabilistic Models", algorithm 2). Good with 10 to 20 steps.
 */
public final class DpmSolver implements Sampler {

  /** Name under which the sampler is recorded. */
  public static final String NAME = "dpm-solver++2m";

  @Override
  public String name() {
    return NAME;
  }

  /** Equal steps in lambda: equal steps in time would make the second-order term overshoot. */
  @Override
  public double[] times(NoiseSchedule schedule, int steps) {
    return SamplingTimes.equalInLambda(schedule, steps);
  }

  @Override
  public NDArray step(NoiseSchedule schedule, State state, SeededNoise noise) {
    double now = schedule.lambda(state.now());
    double step = schedule.lambda(state.next()) - now;
    NDArray estimate = state.clean();
    if (state.previousClean() != null) {
      double ratio = 1 / (2 * (now - schedule.lambda(state.before())) / step);
      estimate =
          Scalars.scale(estimate, 1 + ratio).sub(Scalars.scale(state.previousClean(), ratio));
    }
    return Scalars.scale(state.z(), schedule.sigma(state.next()) / schedule.sigma(state.now()))
        .sub(Scalars.scale(estimate, schedule.alpha(state.next()) * Math.expm1(-step)));
  }
}
