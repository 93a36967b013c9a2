package io.dynadiff.trainer.expert;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.List;

/** Errors of experts on held-out frames. Confined to one thread. */
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
    return rollouts(experts, trajectories, 1);
  }

  /**
   * Mean normalised RMSE of each expert over rollouts from frames all along the trajectories.
   *
   * @param leads steps of each rollout, at least 1; fewer where a trajectory is shorter. Rollouts
   *     of several follow one another, those of one start at every frame
   */
  public double[] rollouts(List<float[]> experts, List<Trajectory> trajectories, int leads) {
    double[] sum = new double[experts.size()];
    int windows = 0;
    for (Trajectory trajectory : trajectories) {
      int length = Math.min(leads == 1 ? WINDOW : leads + 1, trajectory.length());
      for (int last = length - 1; last < trajectory.length(); last += length - 1) {
        double[] scores =
            forecaster.windowScores(
                experts, trajectory.window(last, length, data.normalisation()), leads);
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
