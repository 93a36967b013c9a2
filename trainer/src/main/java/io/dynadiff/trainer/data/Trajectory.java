package io.dynadiff.trainer.data;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.prompt.Boundary;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.FrameFeatures;
import io.dynadiff.models.prompt.PrompterSpec.Features;
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
 * @param features features of each frame given the one before it, axes [boundary, frame], computed
 *     when they are first asked for; several threads may ask
 */
public record Trajectory(
    FieldShape shape,
    float[][] frames,
    long firstTimeMillis,
    long intervalMillis,
    FrameFeatures[][] features) {

  /** Normalises physical frames. */
  public static Trajectory of(
      FieldShape shape,
      List<float[]> physical,
      FieldNormalisation normalisation,
      long firstTimeMillis,
      long intervalMillis) {
    float[][] frames = new float[physical.size()][];
    for (int t = 0; t < frames.length; t++) {
      frames[t] = normalisation.normalise(shape, physical.get(t));
    }
    return new Trajectory(
        shape,
        frames,
        firstTimeMillis,
        intervalMillis,
        new FrameFeatures[Boundary.values().length][frames.length]);
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
        new FrameFeatures[Boundary.values().length][to - from]);
  }

  /** Features of the window of so many frames that ends at {@code last}. */
  public WindowFeatures windowFeatures(int last, int length, FeatureSpec spec) {
    int first = last - length + 1;
    if (spec.features() == Features.SPECTRA) {
      // Whole spectra are as large as the frames themselves: not worth keeping.
      return WindowFeatures.of(Arrays.asList(frames).subList(first, last + 1), spec);
    }
    FrameFeatures[] known = features[spec.boundary().ordinal()];
    for (int t = first; t <= last; t++) {
      if (known[t] == null) {
        float[] previous = t == 0 ? null : frames[t - 1];
        known[t] = FrameFeatures.of(shape, frames[t], previous, spec.boundary());
      }
    }
    return WindowFeatures.of(Arrays.asList(known).subList(first, last + 1));
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
