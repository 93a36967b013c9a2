package io.dynadiff.trainer.expert;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.Clock;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.nn.Scalars;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.Equivalence;
import io.dynadiff.trainer.data.Symmetries;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Short runs of consecutive frames for each of several experts.
 *
 * @param frames normalised frames at steps 0, 1, ..., each axes [expert, channel, batch, point]
 * @param clocks clock channels of each frame but the last, axes [expert, 2, batch, 1]; nulls if the
 *     specification has no clock
 */
public record FrameBatch(List<NDArray> frames, List<NDArray> clocks) {

  /**
   * Draws runs from training trajectories, each under one drawn symmetry.
   *
   * @param environments for each expert the environments it may draw from
   * @param batch runs per expert
   * @param steps steps from the first frame of a run to its last
   */
  public static FrameBatch draw(
      NDManager scope,
      ExpertSpec spec,
      SystemData data,
      List<List<EnvironmentData>> environments,
      int batch,
      int steps,
      Random random) {
    return draw(
        scope,
        spec,
        data,
        environments,
        Collections.nCopies(environments.size(), Equivalence.IDENTITY),
        batch,
        steps,
        random);
  }

  /**
   * Draws runs as {@link #draw(NDManager, ExpertSpec, SystemData, List, int, int, Random)} and
   * leads them to other environments.
   *
   * @param equivalences for each expert what all its runs are transformed by
   */
  public static FrameBatch draw(
      NDManager scope,
      ExpertSpec spec,
      SystemData data,
      List<List<EnvironmentData>> environments,
      List<Equivalence> equivalences,
      int batch,
      int steps,
      Random random) {
    FieldShape shape = spec.fieldShape();
    int experts = environments.size();
    int points = shape.points();
    float[][] values = new float[steps + 1][experts * batch * shape.size()];
    long[][][] times = new long[steps][experts][batch];
    for (int e = 0; e < experts; e++) {
      Equivalence equivalence = equivalences.get(e);
      for (int b = 0; b < batch; b++) {
        List<EnvironmentData> pool = environments.get(e);
        List<Trajectory> runs = pool.get(random.nextInt(pool.size())).training();
        Trajectory run = runs.get(random.nextInt(runs.size()));
        int first = random.nextInt(run.length() - steps);
        Symmetries.Transformation transformation = data.symmetries().draw(random);
        for (int s = 0; s <= steps; s++) {
          float[] frame = equivalence.apply(transformation.apply(run.frames()[first + s]));
          for (int c = 0; c < shape.channels(); c++) {
            int to = ((e * shape.channels() + c) * batch + b) * points;
            System.arraycopy(frame, c * points, values[s], to, points);
          }
          if (s < steps) {
            times[s][e][b] = run.timeMillis(first + s);
          }
        }
      }
    }
    List<NDArray> frames = new ArrayList<>();
    List<NDArray> clocks = new ArrayList<>();
    for (int s = 0; s <= steps; s++) {
      frames.add(scope.create(values[s], new Shape(experts, shape.channels(), batch, points)));
      float[] clock = s < steps ? Clock.channels(spec, times[s]) : null;
      clocks.add(clock == null ? null : scope.create(clock, new Shape(experts, 2, batch, 1)));
    }
    return new FrameBatch(frames, clocks);
  }

  /** First frame of every run. */
  public NDArray first() {
    return frames.get(0);
  }

  /** Clock channels of the first frames, or null. */
  public NDArray firstClock() {
    return clocks.get(0);
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
