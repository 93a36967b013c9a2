package io.dynadiff.trainer.labels;

import ai.djl.engine.Engine;
import io.dynadiff.models.expert.Clock;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.forecast.ExpertStepper;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How differently the experts of seen environments act: the distance of i and j is the root mean
 * square difference of their one-step forecasts, averaged over frames of environment i.
 *
 * <p>Not symmetric: each row looks with the frames of its own environment. Must run on one thread.
 */
public final class FunctionalDistances {

  /** Frames in one computation: what many stacked experts can hold in memory at a time. */
  private static final int BATCH = 4;

  private final ExpertSpec spec;
  private final int framesPerEnvironment;

  /**
   * @param spec architecture of the experts
   * @param framesPerEnvironment frames to compare on, spread over the training trajectories
   */
  public FunctionalDistances(ExpertSpec spec, int framesPerEnvironment) {
    if (framesPerEnvironment < 1) {
      throw new IllegalArgumentException(
          "functional distances: expected at least 1 frame per environment, found "
              + framesPerEnvironment);
    }
    this.spec = spec;
    this.framesPerEnvironment = framesPerEnvironment;
  }

  private record Place(Trajectory trajectory, int frame) {}

  /**
   * Computes all distances.
   *
   * @param experts flat weights of one expert per environment
   * @param environments their environments, in the same order, with training trajectories
   * @return axes [environment of the frames, other environment], normalised units
   */
  public double[][] between(List<float[]> experts, List<EnvironmentData> environments) {
    if (experts.isEmpty() || experts.size() != environments.size()) {
      throw new IllegalArgumentException(
          "functional distances: expected one expert for each environment, found "
              + experts.size()
              + " experts and "
              + environments.size()
              + " environments");
    }
    double[][] distances = new double[experts.size()][experts.size()];
    try (ExpertStepper stepper = new ExpertStepper(spec, Engine.getInstance().defaultDevice())) {
      float[] weights = stack(experts);
      for (int i = 0; i < distances.length; i++) {
        List<Place> places = places(environments.get(i));
        for (int from = 0; from < places.size(); from += BATCH) {
          List<Place> batch = places.subList(from, Math.min(from + BATCH, places.size()));
          add(distances[i], i, steps(stepper, weights, batch), batch.size());
        }
        for (int j = 0; j < distances.length; j++) {
          distances[i][j] /= places.size();
        }
      }
    }
    return distances;
  }

  private List<Place> places(EnvironmentData environment) {
    List<Place> all = new ArrayList<>();
    for (Trajectory trajectory : environment.training()) {
      for (int t = 0; t < trajectory.length(); t++) {
        all.add(new Place(trajectory, t));
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "functional distances: expected training frames of " + environment.id() + ", found none");
    }
    int count = Math.min(framesPerEnvironment, all.size());
    List<Place> spread = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      spread.add(all.get((int) ((2L * k + 1) * all.size() / (2L * count))));
    }
    return spread;
  }

  /** Forecasts of every expert, axes [expert, channel, batch, point]. */
  private float[] steps(ExpertStepper stepper, float[] weights, List<Place> batch) {
    FieldShape shape = spec.fieldShape();
    int experts = weights.length / spec.parameterCount();
    int size = batch.size() * shape.size();
    float[] states = new float[experts * size];
    long[] times = new long[batch.size()];
    for (int b = 0; b < batch.size(); b++) {
      Place place = batch.get(b);
      times[b] = place.trajectory().timeMillis(place.frame());
      for (int c = 0; c < shape.channels(); c++) {
        System.arraycopy(
            place.trajectory().frames()[place.frame()],
            c * shape.points(),
            states,
            (c * batch.size() + b) * shape.points(),
            shape.points());
      }
    }
    long[][] allTimes = new long[experts][];
    Arrays.fill(allTimes, times);
    for (int e = 1; e < experts; e++) {
      System.arraycopy(states, 0, states, e * size, size);
    }
    return stepper
        .rollout(
            weights,
            states,
            batch.size(),
            Collections.singletonList(Clock.channels(spec, allTimes)))
        .get(0);
  }

  private void add(double[] row, int own, float[] steps, int batch) {
    FieldShape shape = spec.fieldShape();
    int size = batch * shape.size();
    for (int j = 0; j < row.length; j++) {
      for (int b = 0; b < batch; b++) {
        double square = 0;
        for (int c = 0; c < shape.channels(); c++) {
          for (int p = 0; p < shape.points(); p++) {
            int i = (c * batch + b) * shape.points() + p;
            square += Math.pow((double) steps[own * size + i] - steps[j * size + i], 2);
          }
        }
        row[j] += Math.sqrt(square / shape.size());
      }
    }
  }

  private float[] stack(List<float[]> experts) {
    float[] flat = new float[Math.multiplyExact(experts.size(), spec.parameterCount())];
    for (int e = 0; e < experts.size(); e++) {
      System.arraycopy(experts.get(e), 0, flat, e * spec.parameterCount(), spec.parameterCount());
    }
    return flat;
  }
}
