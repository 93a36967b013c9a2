package io.dynadiff.producers.feed;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/** A series for tests: 2 x 2 fields that hold their own index, a fault at a chosen one. */
record ListSeries(
    String environmentId, long startMillis, long intervalMillis, long length, long fault)
    implements FieldSeries {

  ListSeries(String environmentId, long startMillis, long intervalMillis, long length) {
    this(environmentId, startMillis, intervalMillis, length, -1);
  }

  @Override
  public String system() {
    return "test";
  }

  @Override
  public FieldShape shape() {
    return new FieldShape(1, 2, 2);
  }

  @Override
  public Grid grid() {
    return new Grid(2, 2, 0, 0, 1, 1, "m", Coordinates.PLANE, false);
  }

  @Override
  public List<Channel> channels() {
    return List.of(new Channel("h", "m"));
  }

  @Override
  public List<Condition> conditions(long index) {
    return List.of();
  }

  @Override
  public Iterator<Snapshot> snapshots(long firstIndex) {
    return LongStream.range(firstIndex, length)
        .mapToObj(
            i -> {
              if (i == fault) {
                throw new IllegalStateException("no data at " + i);
              }
              return new Snapshot(startMillis + i * intervalMillis, new float[] {i, i, i, i});
            })
        .iterator();
  }

  @Override
  public void close() {}
}
