package io.dynadiff.trainer.expert;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.List;

/** One-step errors of experts on held-out frames. Confined to one thread. */
public final class ExpertErrors implements AutoCloseable {

  private static final int WINDOW = 16;

  private final SystemData data;
  private final StackedForecaster forecaster;

  public ExpertErrors(ExpertSpec spec, SystemData data) {
    this.data = data;
    this.forecaster = new StackedForecaster(spec, data.normalisation());
  }

  /** Mean normalised one-step RMSE of each expert over all transitions of the trajectories. */
  public double[] oneStep(List<float[]> experts, List<Trajectory> trajectories) {
    double[] sum = new double[experts.size()];
    int windows = 0;
    for (Trajectory trajectory : trajectories) {
      int length = Math.min(WINDOW, trajectory.length());
      for (int last = length - 1; last < trajectory.length(); last += length - 1) {
        double[] scores =
            forecaster.windowScores(experts, trajectory.window(last, length, data.normalisation()));
        for (int i = 0; i < sum.length; i++) {
          sum[i] += scores[i];
        }
        windows++;
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= windows;
    }
    return sum;
  }

  @Override
  public void close() {
    forecaster.close();
  }
}
