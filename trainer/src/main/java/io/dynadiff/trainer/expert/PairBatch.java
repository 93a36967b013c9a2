package io.dynadiff.trainer.expert;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.Clock;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.Symmetries;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.List;
import java.util.Random;

/**
 * A batch of (frame, next frame) pairs for each of several experts.
 *
 * @param from normalised frames, axes [expert, channel, batch, point]
 * @param target what the network should give for them, see {@link ExpertSpec#target}, same axes
 * @param clock clock channels or null, axes [expert, 2, batch, 1]
 */
public record PairBatch(NDArray from, NDArray target, NDArray clock) {

  /**
   * Draws pairs from training trajectories.
   *
   * @param environments for each expert the environments it may draw from
   */
  public static PairBatch draw(
      NDManager scope,
      ExpertSpec spec,
      SystemData data,
      List<List<EnvironmentData>> environments,
      int batch,
      Random random) {
    FieldShape shape = spec.fieldShape();
    int experts = environments.size();
    int points = shape.points();
    float[] from = new float[experts * batch * shape.size()];
    float[] target = new float[from.length];
    long[][] times = new long[experts][batch];
    for (int e = 0; e < experts; e++) {
      for (int b = 0; b < batch; b++) {
        List<EnvironmentData> pool = environments.get(e);
        List<Trajectory> runs = pool.get(random.nextInt(pool.size())).training();
        Trajectory run = runs.get(random.nextInt(runs.size()));
        int t = random.nextInt(run.length() - 1);
        times[e][b] = run.timeMillis(t);
        Symmetries.Transformation transformation = data.symmetries().draw(random);
        float[] x = transformation.apply(run.frames()[t]);
        float[] y = transformation.apply(run.frames()[t + 1]);
        for (int c = 0; c < shape.channels(); c++) {
          int to = ((e * shape.channels() + c) * batch + b) * points;
          for (int p = 0; p < points; p++) {
            from[to + p] = x[c * points + p];
            target[to + p] = (float) spec.target(x[c * points + p], y[c * points + p]);
          }
        }
      }
    }
    Shape axes = new Shape(experts, shape.channels(), batch, points);
    float[] clock = Clock.channels(spec, times);
    return new PairBatch(
        scope.create(from, axes),
        scope.create(target, axes),
        clock == null ? null : scope.create(clock, new Shape(experts, 2, batch, 1)));
  }
}
