package io.dynadiff.models.forecast;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.dynadiff.models.expert.Clock;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs many experts of one architecture as one stacked computation.
 *
 * <p>Confined to one thread; {@link #close} frees what the engine holds.
 */
public final class StackedForecaster implements AutoCloseable {

  private final ExpertSpec spec;
  private final FieldNormalisation normalisation;
  private final ExpertStepper stepper;

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
    this.stepper = new ExpertStepper(spec, device);
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
    float[] weights = stack(starts.stream().map(RolloutStart::weights).toList());
    List<float[]> clocks = new ArrayList<>();
    for (int lead = 0; lead < leads; lead++) {
      clocks.add(clock(starts, lead));
    }
    List<float[]> rollout = stepper.rollout(weights, states, 1, clocks);
    for (int lead = 0; lead < leads; lead++) {
      float[] fields = rollout.get(lead);
      for (int e = 0; e < count; e++) {
        float[] field = Arrays.copyOfRange(fields, e * shape.size(), (e + 1) * shape.size());
        forecasts.get(e)[lead] = normalisation.denormalise(shape, field);
      }
    }
    return forecasts;
  }

  private float[] clock(List<RolloutStart> starts, int lead) {
    long[][] times = new long[starts.size()][1];
    for (int e = 0; e < times.length; e++) {
      times[e][0] = starts.get(e).eventTimeMillis() + lead * spec.intervalMillis();
    }
    return Clock.channels(spec, times);
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
    WindowArrays arrays = new WindowArrays(spec, normalisation, window);
    float[] weights = stack(candidates);
    float[] first = arrays.frames(0, starts);
    float[] states = new float[candidates.size() * first.length];
    for (int e = 0; e < candidates.size(); e++) {
      System.arraycopy(first, 0, states, e * first.length, first.length);
    }
    List<float[]> clocks = new ArrayList<>();
    for (int step = 0; step < length; step++) {
      clocks.add(arrays.clock(candidates.size(), step, starts));
    }
    List<float[]> rollout = stepper.rollout(weights, states, starts, clocks);
    for (int step = 0; step < length; step++) {
      float[] truth = arrays.frames(step + 1, starts);
      for (int e = 0; e < scores.length; e++) {
        for (int b = 0; b < starts; b++) {
          scores[e] +=
              rmse(rollout.get(step), e * truth.length, truth, b, starts)
                  / ((double) starts * length);
        }
      }
    }
    return scores;
  }

  /** Of one expert's b-th field. */
  private double rmse(float[] states, int from, float[] truth, int b, int batch) {
    int points = spec.fieldShape().points();
    double sum = 0;
    for (int c = 0; c < spec.fieldShape().channels(); c++) {
      int at = (c * batch + b) * points;
      for (int p = at; p < at + points; p++) {
        double error = states[from + p] - truth[p];
        sum += error * error;
      }
    }
    return Math.sqrt(sum / spec.fieldShape().size());
  }

  private float[] stack(List<float[]> weights) {
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
    return flat;
  }

  @Override
  public void close() {
    stepper.close();
  }
}
