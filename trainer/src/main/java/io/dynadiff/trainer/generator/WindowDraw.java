package io.dynadiff.trainer.generator;

import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.trainer.data.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws observation windows from trajectories. */
final class WindowDraw {

  private WindowDraw() {}

  /** Features of one window of random length from 1 to {@code longest} at a random place. */
  static WindowFeatures draw(
      List<Trajectory> trajectories, int longest, FeatureSpec spec, Random random) {
    Trajectory trajectory = trajectories.get(random.nextInt(trajectories.size()));
    int length = 1 + random.nextInt(Math.min(longest, trajectory.length()));
    int last = length - 1 + random.nextInt(trajectory.length() - length + 1);
    return trajectory.windowFeatures(last, length, spec);
  }

  /** Features of full windows, one after the other without overlap. */
  static List<WindowFeatures> all(List<Trajectory> trajectories, int length, FeatureSpec spec) {
    List<WindowFeatures> windows = new ArrayList<>();
    for (Trajectory trajectory : trajectories) {
      for (int last = length - 1; last < trajectory.length(); last += length) {
        windows.add(trajectory.windowFeatures(last, length, spec));
      }
    }
    return windows;
  }
}
