package io.dynadiff.trainer.expert;

import io.dynadiff.models.expert.Clock;
import io.dynadiff.models.expert.ExpertSpec;
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
 * @param clocks clock channels of each frame but the last, axes [expert, 2, batch]; nulls if the
 *     specification has no clock
 * @param experts number of experts
 * @param batch runs of each
 */
public record FrameRuns(List<float[]> frames, List<float[]> clocks, int experts, int batch) {

  /**
   * Draws runs from training trajectories, each under one drawn symmetry.
   *
   * @param environments for each expert the environments it may draw from
   * @param batch runs per expert
   * @param steps steps from the first frame of a run to its last
   */
  public static FrameRuns draw(
      ExpertSpec spec,
      SystemData data,
      List<List<EnvironmentData>> environments,
      int batch,
      int steps,
      Random random) {
    return draw(
        spec,
        data,
        environments,
        Collections.nCopies(environments.size(), Equivalence.IDENTITY),
        batch,
        steps,
        random);
  }

  /**
   * Draws runs as {@link #draw(ExpertSpec, SystemData, List, int, int, Random)} and leads them to
   * other environments.
   *
   * @param equivalences for each expert what all its runs are transformed by
   */
  public static FrameRuns draw(
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
    List<float[]> clocks = new ArrayList<>();
    for (int s = 0; s < steps; s++) {
      clocks.add(Clock.channels(spec, times[s]));
    }
    return new FrameRuns(List.of(values), clocks, experts, batch);
  }

  /** Steps from the first frame of a run to its last. */
  public int steps() {
    return frames.size() - 1;
  }

  /** The same first frames, led to others by one step. */
  public FrameRuns to(float[] second) {
    return new FrameRuns(List.of(frames.get(0), second), clocks.subList(0, 1), experts, batch);
  }
}
