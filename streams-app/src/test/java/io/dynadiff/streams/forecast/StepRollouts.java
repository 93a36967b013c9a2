package io.dynadiff.streams.forecast;

import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.models.window.ObservationWindow;
import java.util.ArrayList;
import java.util.List;

/** Test experts: weight 0 is added to every value at each step. */
final class StepRollouts implements Rollouts {

  private final List<Integer> batches;

  StepRollouts(List<Integer> batches) {
    this.batches = batches;
  }

  @Override
  public List<float[][]> rollout(List<RolloutStart> starts, int leads) {
    batches.add(starts.size());
    List<float[][]> forecasts = new ArrayList<>();
    for (RolloutStart start : starts) {
      float[][] fields = new float[leads][];
      float[] state = start.frame();
      for (int lead = 0; lead < leads; lead++) {
        state = step(start.weights(), state);
        fields[lead] = state;
      }
      forecasts.add(fields);
    }
    return forecasts;
  }

  @Override
  public double[] windowScores(List<List<float[]>> experts, ObservationWindow window) {
    double[] scores = new double[experts.size()];
    for (int i = 0; i < scores.length; i++) {
      for (int t = 1; t < window.length(); t++) {
        float predicted = 0;
        for (float[] weights : experts.get(i)) {
          predicted += step(weights, window.frames().get(t - 1))[0] / experts.get(i).size();
        }
        scores[i] += Math.abs(predicted - window.frames().get(t)[0]) / (window.length() - 1);
      }
    }
    return scores;
  }

  private static float[] step(float[] weights, float[] state) {
    float[] next = state.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] += weights[0];
    }
    return next;
  }

  @Override
  public void close() {
    batches.add(-1);
  }
}
