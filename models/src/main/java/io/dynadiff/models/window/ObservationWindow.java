package io.dynadiff.models.window;

import io.dynadiff.physics.field.FieldShape;
import java.util.List;

/**
 * The last L frames of one environment, oldest first, in physical units.
 *
 * @param shape shape of every frame, axes [channel, y, x]
 * @param frames 1 to many frames of {@code shape.size()} values each
 * @param eventTimesMillis event time of each frame, strictly rising
 */
public record ObservationWindow(FieldShape shape, List<float[]> frames, long[] eventTimesMillis) {

  public ObservationWindow {
    frames = List.copyOf(frames);
    if (frames.isEmpty() || frames.size() != eventTimesMillis.length) {
      throw new IllegalArgumentException(
          "observation window: expected at least one frame and one event time for each, found "
              + frames.size()
              + " frames and "
              + eventTimesMillis.length
              + " event times");
    }
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).length != shape.size()) {
        throw new IllegalArgumentException(
            "observation window, frame "
                + i
                + ": expected "
                + shape.size()
                + " values for "
                + shape
                + ", found "
                + frames.get(i).length);
      }
      if (i > 0 && eventTimesMillis[i] <= eventTimesMillis[i - 1]) {
        throw new IllegalArgumentException(
            "observation window, frame "
                + i
                + ": expected an event time after "
                + eventTimesMillis[i - 1]
                + " ms, found "
                + eventTimesMillis[i]
                + " ms");
      }
    }
  }

  /** Number of frames. */
  public int length() {
    return frames.size();
  }
}
