package io.dynadiff.trainer.expert;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.nn.Scalars;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link FrameRuns} as the engine's arrays.
 *
 * @param frames normalised frames at steps 0, 1, ..., each axes [expert, channel, batch, point]
 * @param clocks clock channels of each frame but the last, axes [expert, 2, batch, 1]; nulls if the
 *     specification has no clock
 */
public record FrameBatch(List<NDArray> frames, List<NDArray> clocks) {

  /** Copies runs into a scope. */
  public static FrameBatch of(NDManager scope, ExpertSpec spec, FrameRuns runs) {
    long batch = runs.batch();
    Shape axes =
        new Shape(runs.experts(), spec.fieldShape().channels(), batch, spec.fieldShape().points());
    List<NDArray> frames = new ArrayList<>();
    List<NDArray> clocks = new ArrayList<>();
    runs.frames().forEach(values -> frames.add(scope.create(values, axes)));
    runs.clocks()
        .forEach(
            clock ->
                clocks.add(
                    clock == null
                        ? null
                        : scope.create(clock, new Shape(runs.experts(), 2, batch, 1))));
    return new FrameBatch(frames, clocks);
  }

  /** First frame of every run. */
  public NDArray first() {
    return frames.get(0);
  }

  /**
   * Mean square error of a rollout from the first frames over all later ones, in units of the
   * specification's residual scale.
   *
   * @param weights flat weights of each expert, axes [expert, parameter]
   */
  public NDArray loss(ExpertSpec spec, ExpertNetwork network, NDArray weights) {
    int steps = frames.size() - 1;
    NDArray state = first();
    NDArray sum = null;
    for (int s = 0; s < steps; s++) {
      state = network.step(weights, state, clocks.get(s));
      NDArray error = state.sub(frames.get(s + 1)).square().mean();
      sum = sum == null ? error : sum.add(error);
    }
    return Scalars.scale(sum, 1 / (steps * spec.residualScale() * spec.residualScale()));
  }
}
