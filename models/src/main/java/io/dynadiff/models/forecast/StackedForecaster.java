package io.dynadiff.models.forecast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.Clock;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs many experts of one architecture as one stacked computation.
 *
 * <p>Confined to one thread; {@link #close} frees the native memory.
 */
public final class StackedForecaster implements AutoCloseable {

  private final ExpertSpec spec;
  private final FieldNormalisation normalisation;
  private final NDManager manager;
  private final ExpertNetwork network;

  /**
   * @param spec architecture that all weights follow
   * @param normalisation field normalisation that the experts work in
   */
  public StackedForecaster(ExpertSpec spec, FieldNormalisation normalisation) {
    this.spec = spec;
    this.normalisation = normalisation;
    this.manager = NDManager.newBaseManager();
    this.network = spec.family().network(spec, manager);
  }

  /**
   * Rolls every start forward with its own weights.
   *
   * @param starts at least one start
   * @param leads number of steps, at least 1
   * @return for each start the fields at leads 1..leads, physical units, axes [channel, y, x]
   */
  public List<float[][]> rollout(List<RolloutStart> starts, int leads) {
    FieldShape shape = spec.fieldShape();
    int count = starts.size();
    float[] states = new float[count * shape.size()];
    for (int e = 0; e < count; e++) {
      float[] frame = normalisation.normalise(shape, starts.get(e).frame());
      System.arraycopy(frame, 0, states, e * shape.size(), shape.size());
    }
    List<float[][]> forecasts = new ArrayList<>(count);
    for (int e = 0; e < count; e++) {
      forecasts.add(new float[leads][]);
    }
    try (NDManager scope = manager.newSubManager()) {
      NDArray weights = stack(scope, starts.stream().map(RolloutStart::weights).toList());
      NDArray state = scope.create(states, new Shape(count, shape.channels(), 1, shape.points()));
      for (int lead = 0; lead < leads; lead++) {
        state = network.step(weights, state, clock(scope, starts, lead));
        float[] values = state.toFloatArray();
        for (int e = 0; e < count; e++) {
          float[] field =
              java.util.Arrays.copyOfRange(values, e * shape.size(), (e + 1) * shape.size());
          forecasts.get(e)[lead] = normalisation.denormalise(shape, field);
        }
      }
    }
    return forecasts;
  }

  private NDArray clock(NDManager scope, List<RolloutStart> starts, int lead) {
    long[][] times = new long[starts.size()][1];
    for (int e = 0; e < times.length; e++) {
      times[e][0] = starts.get(e).eventTimeMillis() + lead * spec.intervalMillis();
    }
    float[] channels = Clock.channels(spec, times);
    return channels == null ? null : scope.create(channels, new Shape(times.length, 2, 1, 1));
  }

  /**
   * Scores candidates on a window: the normalised RMSE of one step, averaged over the window's
   * transitions.
   *
   * @param candidates flat weights of each candidate, at least one
   * @param window frames in physical units
   * @return one score for each candidate, in order; 0 where the window has a single frame
   */
  public double[] windowScores(List<float[]> candidates, ObservationWindow window) {
    int transitions = window.length() - 1;
    double[] scores = new double[candidates.size()];
    if (transitions == 0) {
      return scores;
    }
    FieldShape shape = spec.fieldShape();
    try (NDManager scope = manager.newSubManager()) {
      NDArray weights = stack(scope, candidates);
      long[][] times = new long[candidates.size()][];
      java.util.Arrays.fill(times, java.util.Arrays.copyOf(window.eventTimesMillis(), transitions));
      float[] channels = Clock.channels(spec, times);
      NDArray clock =
          channels == null
              ? null
              : scope.create(channels, new Shape(candidates.size(), 2, transitions, 1));
      NDArray from =
          frames(scope, window, 0)
              .broadcast(candidates.size(), shape.channels(), transitions, shape.points());
      NDArray to = frames(scope, window, 1);
      NDArray error = network.step(weights, from, clock).sub(to).square();
      float[] perTransition = error.mean(new int[] {3}).mean(new int[] {1}).sqrt().toFloatArray();
      for (int e = 0; e < scores.length; e++) {
        for (int b = 0; b < transitions; b++) {
          scores[e] += perTransition[e * transitions + b] / (double) transitions;
        }
      }
    }
    return scores;
  }

  /** Normalised frames from index {@code first} on, one fewer than the window has. */
  private NDArray frames(NDManager scope, ObservationWindow window, int first) {
    FieldShape shape = spec.fieldShape();
    int count = window.length() - 1;
    float[] values = new float[count * shape.size()];
    for (int b = 0; b < count; b++) {
      float[] frame = normalisation.normalise(shape, window.frames().get(first + b));
      for (int c = 0; c < shape.channels(); c++) {
        System.arraycopy(
            frame, c * shape.points(), values, (c * count + b) * shape.points(), shape.points());
      }
    }
    return scope.create(values, new Shape(1, shape.channels(), count, shape.points()));
  }

  private NDArray stack(NDManager scope, List<float[]> weights) {
    int size = spec.parameterCount();
    float[] flat = new float[weights.size() * size];
    for (int e = 0; e < weights.size(); e++) {
      if (weights.get(e).length != size) {
        throw new IllegalArgumentException(
            "expert "
                + e
                + ": expected "
                + size
                + " weights for "
                + spec
                + ", found "
                + weights.get(e).length);
      }
      System.arraycopy(weights.get(e), 0, flat, e * size, size);
    }
    return scope.create(flat, new Shape(weights.size(), size));
  }

  @Override
  public void close() {
    network.close();
    manager.close();
  }
}
