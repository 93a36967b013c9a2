package io.dynadiff.trainer.expert;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.HostExperts;
import io.dynadiff.models.nn.Scalars;

/**
 * Mean square error of stacked experts' rollouts, in units of the residual scale, whose gradient
 * reaches the weights.
 *
 * <p>Where the family has a kernel and the device is the processor, the kernel computes error and
 * gradient, and the engine gets a function of the weights that has just these: {@code error + g
 * (weights - what they are)}, the error's tangent. Elsewhere the engine does it all.
 *
 * <p>Confined to one thread.
 */
public final class RolloutLoss {

  private final ExpertSpec spec;
  private final HostExperts host;
  private final ExpertNetwork network;

  /**
   * @param steps length of the longest rollout
   * @param network steps experts of the specification on the engine; stays the caller's
   */
  public RolloutLoss(ExpertSpec spec, int steps, ExpertNetwork network) {
    this.spec = spec;
    this.network = network;
    this.host =
        Engine.getInstance().defaultDevice().isGpu()
            ? null
            : HostExperts.of(spec, steps).orElse(null);
  }

  /** Whether the kernel computes the error, so that {@link #onHost} may be asked. */
  public boolean hasKernel() {
    return host != null;
  }

  /**
   * The error by the kernel, multiplied by a factor.
   *
   * @param weights flat weights, axes [expert, parameter]
   * @param gradient receives the gradient, same axes
   */
  public double onHost(float[] weights, float[] gradient, FrameRuns runs, double factor) {
    return host.rolloutError(weights, runs.frames(), runs.clocks(), runs.batch(), factor, gradient);
  }

  /**
   * The error, multiplied by a factor.
   *
   * @param scope owns what is made on the way
   * @param weights flat weights, axes [expert, parameter]
   */
  public NDArray of(NDManager scope, NDArray weights, FrameRuns runs, double factor) {
    if (host == null) {
      return Scalars.scale(FrameBatch.of(scope, spec, runs).loss(spec, network, weights), factor);
    }
    float[] at = weights.toFloatArray();
    float[] gradient = new float[at.length];
    double error = onHost(at, gradient, runs, factor);
    double product = 0;
    for (int i = 0; i < at.length; i++) {
      product += (double) gradient[i] * at[i];
    }
    return weights
        .mul(scope.create(gradient, weights.getShape()))
        .sum()
        .add((float) (error - product));
  }

  /**
   * The error of experts by what other experts make of the same frames in one step.
   *
   * @param weights flat weights, axes [expert, parameter]
   * @param others flat weights of those they are compared with, same axes
   */
  public NDArray between(
      NDManager scope, NDArray weights, NDArray others, FrameRuns runs, double factor) {
    float[] steps;
    if (host == null) {
      FrameBatch batch = FrameBatch.of(scope, spec, runs);
      steps = network.step(others, batch.first(), batch.clocks().get(0)).toFloatArray();
    } else {
      steps =
          host.rollout(
                  others.toFloatArray(),
                  runs.frames().get(0),
                  runs.batch(),
                  runs.clocks().subList(0, 1))
              .get(0);
    }
    return of(scope, weights, runs.to(steps), factor);
  }
}
