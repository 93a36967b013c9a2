package io.dynadiff.physics.recorded;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A tile of one or more recorded variables over a span of time, shape [variable, height, width].
 *
 * <p>Its known conditions are the latitude and longitude of the tile's centre. Not thread-safe;
 * several series may share one field, then on one thread. Closing it does nothing: the {@link
 * RecordedFields} belong to whoever opened them.
 */
public final class TileSeries implements FieldSeries {
  private final String system;
  private final String name;
  private final RecordedField field;
  private final List<RecordedField> fields;
  private final Tile tile;
  private final Grid grid;
  private final int firstTime;
  private final int length;
  private final long intervalMillis;

  /**
   * Cuts a tile out of a field.
   *
   * @param system name of the system, for example era5-uk
   * @param from first instant, inclusive, milliseconds since 1970-01-01T00:00Z
   * @param to last instant, exclusive
   * @throws IllegalArgumentException if the tile does not lie on the grid or the span holds fewer
   *     than two slices
   * @throws RecordedDataException if the slices of the span are not equally spaced in time
   */
  public TileSeries(String system, RecordedField field, Tile tile, long from, long to) {
    this(system, tile.name(), List.of(field), tile, from, to);
  }

  /**
   * Cuts a tile out of several fields under a name of its own; otherwise like the constructor
   * above.
   *
   * @param name what follows the system in the environment's id, for example n60e030
   * @param fields at least one, in the order of the channels, on one grid and at the same times
   * @throws RecordedDataException if the fields differ in grid or times
   */
  public TileSeries(
      String system, String name, List<RecordedField> fields, Tile tile, long from, long to) {
    this.system = system;
    this.name = name;
    this.fields = List.copyOf(fields);
    this.field = fields.get(0);
    fields.forEach(field::requireAlike);
    this.tile = tile;
    this.grid = field.grid().tile(tile.row(), tile.column(), tile.height(), tile.width());
    this.firstTime = field.firstAtOrAfter(from);
    this.length = field.firstAtOrAfter(to) - firstTime;
    if (length < 2) {
      throw new IllegalArgumentException(
          "time span: expected at least 2 slices from "
              + Instant.ofEpochMilli(from)
              + " to before "
              + Instant.ofEpochMilli(to)
              + ", found "
              + Math.max(0, length)
              + "; the file covers "
              + Instant.ofEpochMilli(field.timeMillis(0))
              + " to "
              + Instant.ofEpochMilli(field.timeMillis(field.timeCount() - 1)));
    }
    this.intervalMillis = field.timeMillis(firstTime + 1) - field.timeMillis(firstTime);
    for (int i = firstTime + 1; i < firstTime + length; i++) {
      long step = field.timeMillis(i) - field.timeMillis(i - 1);
      if (step != intervalMillis) {
        throw new RecordedDataException(
            field.path()
                + ": variable "
                + field.channel().name()
                + ": expected a slice every "
                + intervalMillis
                + " ms, found a step of "
                + step
                + " ms from "
                + Instant.ofEpochMilli(field.timeMillis(i - 1))
                + " to "
                + Instant.ofEpochMilli(field.timeMillis(i))
                + "; choose a span without gaps");
      }
    }
  }

  /** The whole span of the file. */
  public TileSeries(String system, RecordedField field, Tile tile) {
    this(system, field, tile, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Override
  public String system() {
    return system;
  }

  /** System and name of the tile, for example era5-uk/r00c16. */
  @Override
  public String environmentId() {
    return system + "/" + name;
  }

  @Override
  public FieldShape shape() {
    return new FieldShape(fields.size(), grid.height(), grid.width());
  }

  @Override
  public Grid grid() {
    return grid;
  }

  @Override
  public List<Channel> channels() {
    return fields.stream().map(RecordedField::channel).toList();
  }

  @Override
  public long intervalMillis() {
    return intervalMillis;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public List<Condition> conditions(long index) {
    return List.of(
        new Condition("latitude", grid.centreY(), "degrees_north"),
        new Condition("longitude", eastOfGreenwich(grid.centreX()), "degrees_east"));
  }

  /** One name for one place, whichever convention the file follows: -180 up to below 180. */
  private static double eastOfGreenwich(double longitude) {
    return longitude >= -180 && longitude < 180
        ? longitude
        : (longitude + 180) - 360 * Math.floor((longitude + 180) / 360) - 180;
  }

  @Override
  public Iterator<Snapshot> snapshots(long firstIndex) {
    if (firstIndex < 0 || firstIndex > length) {
      throw new IllegalArgumentException(
          "first snapshot: expected 0 to " + length + ", found " + firstIndex);
    }
    return new Iterator<>() {
      private int next = (int) firstIndex;

      @Override
      public boolean hasNext() {
        return next < length;
      }

      @Override
      public Snapshot next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the series has " + length + " snapshots");
        }
        int time = firstTime + next++;
        int points = tile.height() * tile.width();
        float[] values = new float[fields.size() * points];
        for (int i = 0; i < fields.size(); i++) {
          float[] slice =
              fields.get(i).slice(time, tile.row(), tile.column(), tile.height(), tile.width());
          System.arraycopy(slice, 0, values, i * points, points);
        }
        return new Snapshot(field.timeMillis(time), values);
      }
    };
  }

  @Override
  public void close() {
    // Nothing of its own to give back.
  }
}
