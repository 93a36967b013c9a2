package io.dynadiff.streams.forecast;

import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.metrics.FieldMetrics;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.streams.systems.ServedSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * Rollouts as stacked computations in native code.
 *
 * <p>Experts are compared over rollouts as long as the bundle's candidates are: on flows an expert
 * can be no better than another after one step and far better after ten.
 */
public final class StackedRollouts implements Rollouts {

  private final ServedSystem system;
  private final StackedForecaster forecaster;

  public StackedRollouts(ServedSystem system) {
    this.system = system;
    this.forecaster = new StackedForecaster(system.expertSpec(), system.normalisation());
  }

  @Override
  public List<float[][]> rollout(List<RolloutStart> starts, int leads) {
    return forecaster.rollout(starts, leads);
  }

  @Override
  public double[] windowScores(List<List<float[]>> experts, ObservationWindow window) {
    if (experts.stream().allMatch(members -> members.size() == 1)) {
      return forecaster.windowScores(
          experts.stream().map(members -> members.get(0)).toList(), window, system.scoreSteps());
    }
    double[] scores = new double[experts.size()];
    int transitions = window.length() - 1;
    int steps = Math.min(system.scoreSteps(), transitions);
    int rollouts = transitions - steps + 1;
    for (int from = 0; from < rollouts; from++) {
      List<RolloutStart> starts = new ArrayList<>();
      float[] frame = window.frames().get(from);
      long time = window.eventTimesMillis()[from];
      for (List<float[]> members : experts) {
        members.forEach(weights -> starts.add(new RolloutStart(weights, frame, time)));
      }
      List<float[][]> fields = forecaster.rollout(starts, steps);
      int next = 0;
      for (int e = 0; e < scores.length; e++) {
        int count = experts.get(e).size();
        float[][] mean = EnsembleFields.of(fields.subList(next, next + count)).mean();
        next += count;
        for (int lead = 0; lead < steps; lead++) {
          float[] truth = window.frames().get(from + lead + 1);
          scores[e] +=
              FieldMetrics.normalisedRmse(system.shape(), system.normalisation(), mean[lead], truth)
                  / (rollouts * steps);
        }
      }
    }
    return scores;
  }

  @Override
  public void close() {
    forecaster.close();
  }
}
