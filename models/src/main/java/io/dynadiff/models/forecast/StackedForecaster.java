package io.dynadiff.models.forecast;

import ai.djl.Device;
import ai.djl.engine.Engine;
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
    this(spec, normalisation, Engine.getInstance().defaultDevice());
  }

  /**
   * @param spec architecture that all weights follow
   * @param normalisation field normalisation that the experts work in
   * @param device where the experts run
   */
  public StackedForecaster(ExpertSpec spec, FieldNormalisation normalisation, Device device) {
    this.spec = spec;
    this.normalisation = normalisation;
    this.manager = NDManager.newBaseManager(device);
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
   * Scores candidates on a window by one step from each of its frames, see {@link
   * #windowScores(List, ObservationWindow, int)}.
   */
  public double[] windowScores(List<float[]> candidates, ObservationWindow window) {
    return windowScores(candidates, window, 1);
  }

  /**
   * Scores candidates on a window: from every frame that has enough successors roll {@code steps}
   * forward; the score is the normalised RMSE averaged over starts and steps.
   *
   * @param candidates flat weights of each candidate, at least one
   * @param window frames in physical units
   * @param steps length of the rollouts, at least 1; cut to the window's transitions
   * @return one score for each candidate, in order; 0 where the window has a single frame
   */
  public double[] windowScores(List<float[]> candidates, ObservationWindow window, int steps) {
    int transitions = window.length() - 1;
    double[] scores = new double[candidates.size()];
    if (transitions == 0) {
      return scores;
    }
    int length = Math.min(steps, transitions);
    int starts = transitions - length + 1;
    try (NDManager scope = manager.newSubManager()) {
      WindowTensors tensors = new WindowTensors(spec, normalisation, window);
      NDArray weights = stack(scope, candidates);
      NDArray state =
          tensors
              .frames(scope, 0, starts)
              .broadcast(
                  candidates.size(),
                  spec.fieldShape().channels(),
                  starts,
                  spec.fieldShape().points());
      for (int step = 0; step < length; step++) {
        state = network.step(weights, state, tensors.clock(scope, candidates.size(), step, starts));
        NDArray error = state.sub(tensors.frames(scope, step + 1, starts)).square();
        float[] perStart = error.mean(new int[] {3}).mean(new int[] {1}).sqrt().toFloatArray();
        for (int e = 0; e < scores.length; e++) {
          for (int b = 0; b < starts; b++) {
            scores[e] += perStart[e * starts + b] / ((double) starts * length);
          }
        }
      }
    }
    return scores;
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
