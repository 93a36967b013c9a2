package io.dynadiff.models.forecast;

import io.dynadiff.models.expert.Clock;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import java.util.Arrays;

/**
 * A window as arrays that experts read: normalised frames and the clock of each frame's event time.
 */
public final class WindowArrays {

  private final ExpertSpec spec;
  private final FieldNormalisation normalisation;
  private final ObservationWindow window;

  public WindowArrays(ExpertSpec spec, FieldNormalisation normalisation, ObservationWindow window) {
    this.spec = spec;
    this.normalisation = normalisation;
    this.window = window;
  }

  /**
   * Consecutive normalised frames, axes [channel, frame, point].
   *
   * @param first index of the first frame
   * @param count number of frames
   */
  public float[] frames(int first, int count) {
    FieldShape shape = spec.fieldShape();
    float[] values = new float[count * shape.size()];
    for (int b = 0; b < count; b++) {
      float[] frame = normalisation.normalise(shape, window.frames().get(first + b));
      for (int c = 0; c < shape.channels(); c++) {
        System.arraycopy(
            frame, c * shape.points(), values, (c * count + b) * shape.points(), shape.points());
      }
    }
    return values;
  }

  /**
   * Clock channels of consecutive frames, the same for every expert, axes [expert, 2, frame]; null
   * if the specification has no clock.
   */
  public float[] clock(int experts, int first, int count) {
    long[][] times = new long[experts][];
    Arrays.fill(times, Arrays.copyOfRange(window.eventTimesMillis(), first, first + count));
    return Clock.channels(spec, times);
  }
}
