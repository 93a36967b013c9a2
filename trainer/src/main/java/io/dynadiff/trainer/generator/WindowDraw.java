package io.dynadiff.trainer.generator;

import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.trainer.data.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Draws observation windows from trajectories. */
final class WindowDraw {

  private WindowDraw() {}

  /** Features of one window of random length from 1 to {@code longest} at a random place. */
  static WindowFeatures draw(
      List<Trajectory> trajectories, int longest, FeatureSpec spec, Random random) {
    Place place = place(trajectories, longest, random);
    return place.trajectory.windowFeatures(place.first + place.length - 1, place.length, spec);
  }

  /** Features of such a window whose frames are transformed first. */
  static WindowFeatures draw(
      List<Trajectory> trajectories,
      int longest,
      FeatureSpec spec,
      UnaryOperator<float[]> transformation,
      Random random) {
    Place place = place(trajectories, longest, random);
    return WindowFeatures.of(
        Arrays.stream(place.trajectory.frames(), place.first, place.first + place.length)
            .map(transformation)
            .toList(),
        spec);
  }

  private record Place(Trajectory trajectory, int first, int length) {}

  private static Place place(List<Trajectory> trajectories, int longest, Random random) {
    Trajectory trajectory = trajectories.get(random.nextInt(trajectories.size()));
    int length = 1 + random.nextInt(Math.min(longest, trajectory.length()));
    return new Place(trajectory, random.nextInt(trajectory.length() - length + 1), length);
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
