package io.dynadiff.physics.store;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** A series whose every value tells its frame and place; a hook runs before each frame. */
record RampSeries(FieldShape shape, long length, LongConsumer beforeFrame) implements FieldSeries {
  static final long START = 5000;
  static final long INTERVAL = 200;

  /** The frame with a value that is not finite. */
  static final long BROKEN_FRAME = 1000;

  static TrajectorySource source(
      String name, FieldShape shape, long length, int framesPerChunk, LongConsumer beforeFrame) {
    return new TrajectorySource(
        name,
        new Provenance("ramp", "1", OptionalLong.of(7), Map.of("step", "0.1")),
        START,
        OptionalInt.of(framesPerChunk),
        () -> new RampSeries(shape, length, beforeFrame));
  }

  static float value(long frame, int position) {
    return frame * 10 + (float) (position % 1000) / 1000;
  }

  @Override
  public String system() {
    return "ramp";
  }

  @Override
  public String environmentId() {
    return "ramp/one";
  }

  @Override
  public Grid grid() {
    return new Grid(
        shape.height(), shape.width(), -1, -1, 0.1, 1 / 3.0, "m", Coordinates.PLANE, true);
  }

  @Override
  public List<Channel> channels() {
    return IntStream.range(0, shape.channels())
        .mapToObj(c -> new Channel("c" + c, "m s-1"))
        .toList();
  }

  @Override
  public long intervalMillis() {
    return INTERVAL;
  }

  @Override
  public List<Condition> conditions(long index) {
    return List.of(new Condition("beta", index < 4 ? 1.1 : 1.4, "1"));
  }

  @Override
  public Iterator<Snapshot> snapshots(long firstIndex) {
    return new Iterator<>() {
      private long next = firstIndex;

      @Override
      public boolean hasNext() {
        return next < length;
      }

      @Override
      public Snapshot next() {
        beforeFrame.accept(next);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = value(next, i);
        }
        if (next == BROKEN_FRAME) {
          values[37] = Float.NaN;
        }
        return new Snapshot(START + INTERVAL * next++, values);
      }
    };
  }

  @Override
  public void close() {}
}
