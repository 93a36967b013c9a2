package io.dynadiff.streams.forecast;

import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.streams.systems.ServedSystem;
import java.util.List;

/** Rollouts as stacked computations in native code. */
public final class StackedRollouts implements Rollouts {

  private final StackedForecaster forecaster;

  public StackedRollouts(ServedSystem system) {
    this.forecaster = new StackedForecaster(system.expertSpec(), system.normalisation());
  }

  @Override
  public List<float[][]> rollout(List<RolloutStart> starts, int leads) {
    return forecaster.rollout(starts, leads);
  }

  @Override
  public double[] windowScores(List<float[]> weights, ObservationWindow window) {
    return forecaster.windowScores(weights, window);
  }

  @Override
  public void close() {
    forecaster.close();
  }
}
