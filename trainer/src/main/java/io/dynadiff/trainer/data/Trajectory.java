package io.dynadiff.trainer.data;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.prompt.FrameFeatures;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Consecutive normalised frames of one environment, at the expert's frame interval.
 *
 * @param shape shape of every frame
 * @param frames normalised values, axes [frame][channel y x]
 * @param firstTimeMillis event time of the first frame
 * @param intervalMillis event time between frames
 * @param features features of each frame given the one before it
 */
public record Trajectory(
    FieldShape shape,
    float[][] frames,
    long firstTimeMillis,
    long intervalMillis,
    FrameFeatures[] features) {

  /** Normalises physical frames and computes their features. */
  public static Trajectory of(
      FieldShape shape,
      List<float[]> physical,
      FieldNormalisation normalisation,
      long firstTimeMillis,
      long intervalMillis) {
    float[][] frames = new float[physical.size()][];
    FrameFeatures[] features = new FrameFeatures[frames.length];
    for (int t = 0; t < frames.length; t++) {
      frames[t] = normalisation.normalise(shape, physical.get(t));
      features[t] = FrameFeatures.of(shape, frames[t], t == 0 ? null : frames[t - 1]);
    }
    return new Trajectory(shape, frames, firstTimeMillis, intervalMillis, features);
  }

  /** Number of frames. */
  public int length() {
    return frames.length;
  }

  /** Event time of a frame. */
  public long timeMillis(int frame) {
    return firstTimeMillis + frame * intervalMillis;
  }

  /** The frames from {@code from}, inclusive, to {@code to}, exclusive. */
  public Trajectory part(int from, int to) {
    return new Trajectory(
        shape,
        Arrays.copyOfRange(frames, from, to),
        timeMillis(from),
        intervalMillis,
        Arrays.copyOfRange(features, from, to));
  }

  /** Features of the window of so many frames that ends at {@code last}. */
  public WindowFeatures windowFeatures(int last, int length) {
    return WindowFeatures.of(Arrays.asList(features).subList(last - length + 1, last + 1));
  }

  /** The same window in physical units. */
  public ObservationWindow window(int last, int length, FieldNormalisation normalisation) {
    List<float[]> physical = new ArrayList<>();
    long[] times = new long[length];
    for (int i = 0; i < length; i++) {
      int t = last - length + 1 + i;
      physical.add(normalisation.denormalise(shape, frames[t]));
      times[i] = timeMillis(t);
    }
    return new ObservationWindow(shape, physical, times);
  }
}
