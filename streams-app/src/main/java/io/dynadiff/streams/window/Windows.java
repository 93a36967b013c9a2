package io.dynadiff.streams.window;

import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.util.ArrayList;
import java.util.List;

/** Observation windows out of admitted frames. */
public final class Windows {

  private Windows() {}

  /**
   * Takes the longest tail of a list of frames, oldest first, whose frames belong to one run and
   * follow each other at the frame interval, and of which none repeats the one before it: a frozen
   * sensor says nothing about the dynamics, neither while it stands still nor by the step with
   * which it moves again.
   *
   * @throws IllegalArgumentException if there is no frame
   */
  public static ObservationWindow latest(FieldShape shape, List<FieldFrame> frames) {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("observation window: expected a frame, found none");
    }
    int first = frames.size() - 1;
    while (first > 0 && follows(frames.get(first - 1), frames.get(first))) {
      first--;
    }
    boolean stale = first > 0 && repeats(frames.get(first - 1), frames.get(first));
    if (stale && first < frames.size() - 1) {
      first++;
    }
    return of(shape, frames.subList(first, frames.size()));
  }

  /** Whether a frame has the same field as another one, to the last bit. */
  static boolean repeats(FieldFrame earlier, FieldFrame later) {
    return earlier.getField().getData().equals(later.getField().getData());
  }

  /** Whether a frame comes one interval after another one of the same run, and has moved on. */
  public static boolean follows(FieldFrame earlier, FieldFrame later) {
    return earlier.getRunId().equals(later.getRunId())
        && earlier.getSystem().equals(later.getSystem())
        && later.getSequence() == earlier.getSequence() + 1
        && later.getEventTime().toEpochMilli() - earlier.getEventTime().toEpochMilli()
            == later.getIntervalMs()
        && !repeats(earlier, later);
  }

  private static ObservationWindow of(FieldShape shape, List<FieldFrame> frames) {
    List<float[]> fields = new ArrayList<>(frames.size());
    long[] times = new long[frames.size()];
    for (int i = 0; i < times.length; i++) {
      fields.add(TensorCodec.decode(frames.get(i).getField()));
      times[i] = frames.get(i).getEventTime().toEpochMilli();
    }
    return new ObservationWindow(shape, fields, times);
  }
}
