package io.dynadiff.physics.recorded;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Grid;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One variable of a recorded file: a field over time on a regular latitude-longitude grid, in
 * physical units (unpacked), read slice by slice.
 *
 * <p>Not thread-safe; usable until its {@link RecordedFields} is closed.
 */
public final class RecordedField {
  /** Slices of a compressed chunk are unpacked together; this many values at most. */
  private static final int BLOCK_VALUES = 1 << 20;

  private static final int BLOCK_SLICES = 48;

  private final Path path;
  private final ArrayVariable variable;
  private final Channel channel;
  private final Grid grid;
  private final long[] times;
  private final int timeAxis;
  private final int latitudeAxis;
  private final int longitudeAxis;
  private final double scale;
  private final double offset;
  private final double fill;
  private final double missing;
  private final boolean southFirst;

  private int blockStart;
  private int blockLength;
  private double[] block = new double[0];

  private RecordedField(
      Path path, ArrayVariable variable, Grid grid, long[] times, int[] axes, Channel channel) {
    this.path = path;
    this.variable = variable;
    this.channel = channel;
    this.southFirst = grid.spacingY() > 0;
    this.grid = southFirst ? northFirst(grid) : grid;
    this.times = times;
    this.timeAxis = axes[0];
    this.latitudeAxis = axes[1];
    this.longitudeAxis = axes[2];
    this.scale = variable.number("scale_factor").orElse(1.0);
    this.offset = variable.number("add_offset").orElse(0.0);
    this.fill = variable.number("_FillValue").orElse(Double.NaN);
    this.missing = variable.number("missing_value").orElse(Double.NaN);
  }

  private static Grid northFirst(Grid grid) {
    return new Grid(
        grid.height(),
        grid.width(),
        grid.originY() + (grid.height() - 1) * grid.spacingY(),
        grid.originX(),
        -grid.spacingY(),
        grid.spacingX(),
        grid.unit(),
        grid.coordinates(),
        grid.periodic());
  }

  static RecordedField of(Path path, ArrayVariable variable, List<ArrayVariable> all) {
    int time = CfAxes.axis(variable, all, CfAxes.Kind.TIME);
    int latitude = CfAxes.axis(variable, all, CfAxes.Kind.LATITUDE);
    int longitude = CfAxes.axis(variable, all, CfAxes.Kind.LONGITUDE);
    int[] shape = variable.shape();
    for (int axis = 0; axis < shape.length; axis++) {
      if (axis != time && axis != latitude && axis != longitude && shape[axis] != 1) {
        throw new RecordedDataException(
            path
                + ": variable "
                + variable.name()
                + ": expected one field per time, found "
                + shape[axis]
                + " along axis "
                + variable.dimensions().get(axis)
                + "; extract one of them first");
      }
    }
    if (time > latitude || latitude > longitude) {
      throw new RecordedDataException(
          path
              + ": variable "
              + variable.name()
              + ": expected axes in the order time, latitude, longitude, found "
              + variable.dimensions());
    }
    Grid grid =
        CfAxes.grid(
            path, coordinate(variable, all, latitude), coordinate(variable, all, longitude));
    long[] times = times(path, coordinate(variable, all, time));
    if (shape[time] != times.length
        || shape[latitude] != grid.height()
        || shape[longitude] != grid.width()) {
      throw new RecordedDataException(
          path
              + ": variable "
              + variable.name()
              + ": its shape contradicts the length of its axes");
    }
    Optional<KnownParameter> known = KnownParameter.called(variable.name());
    Channel channel =
        new Channel(
            known.map(KnownParameter::name).orElse(variable.name()),
            variable
                .text("units")
                .filter(unit -> !unit.isBlank())
                .orElse(known.map(KnownParameter::unit).orElse("1")));
    return new RecordedField(
        path, variable, grid, times, new int[] {time, latitude, longitude}, channel);
  }

  private static ArrayVariable coordinate(
      ArrayVariable variable, List<ArrayVariable> all, int axis) {
    return CfAxes.coordinate(variable.dimensions().get(axis), all).orElseThrow();
  }

  private static long[] times(Path path, ArrayVariable time) {
    String where = path + ": axis " + time.name() + ": ";
    CfTime units;
    try {
      units = CfTime.parse(time.text("units").orElse(""), time.text("calendar").orElse("standard"));
    } catch (IllegalArgumentException e) {
      throw new RecordedDataException(where + e.getMessage(), e);
    }
    double[] values = CfAxes.readAll(time);
    if (values.length == 0) {
      throw new RecordedDataException(where + "expected at least one time, found none");
    }
    long[] millis = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      millis[i] = units.millis(values[i]);
      if (i > 0 && millis[i] <= millis[i - 1]) {
        throw new RecordedDataException(
            where
                + "expected increasing times, found "
                + Instant.ofEpochMilli(millis[i])
                + " after "
                + Instant.ofEpochMilli(millis[i - 1]));
      }
    }
    return millis;
  }

  /**
   * Name and unit of the variable; a quantity that formats call by different names has the same one
   * here whatever the file (t2m, not 2m_temperature).
   */
  public Channel channel() {
    return channel;
  }

  /** The file it is read from. */
  public Path path() {
    return path;
  }

  /** Grid of the whole field, rows from north to south whatever their order in the file. */
  public Grid grid() {
    return grid;
  }

  /** Refuses a field that cannot be another channel of the same frames. */
  void requireAlike(RecordedField other) {
    if (!other.grid.equals(grid) || !java.util.Arrays.equals(other.times, times)) {
      throw new RecordedDataException(
          other.path
              + ": variable "
              + other.channel.name()
              + ": expected the grid and the "
              + times.length
              + " times of variable "
              + channel.name()
              + ", found others ("
              + other.times.length
              + " times, "
              + other.grid.height()
              + " x "
              + other.grid.width()
              + " points); publish them as feeds of their own");
    }
  }

  /** Number of slices. */
  public int timeCount() {
    return times.length;
  }

  /** Instant of a slice, milliseconds since 1970-01-01T00:00Z. */
  public long timeMillis(int time) {
    return times[time];
  }

  /** Index of the first slice at or after an instant; {@link #timeCount()} where there is none. */
  public int firstAtOrAfter(long timeMillis) {
    int at = java.util.Arrays.binarySearch(times, timeMillis);
    return at >= 0 ? at : -at - 1;
  }

  /**
   * One slice of a rectangle, [y, x], in the unit of the channel.
   *
   * @param time 0 to timeCount - 1
   * @throws RecordedDataException if a value is missing or not finite; the message says where
   */
  public float[] slice(int time, int row, int column, int height, int width) {
    grid.tile(row, column, height, width);
    load(time);
    float[] out = new float[height * width];
    int at = 0;
    for (int y = row; y < row + height; y++) {
      int stored = southFirst ? grid.height() - 1 - y : y;
      int from = ((time - blockStart) * grid.height() + stored) * grid.width() + column;
      for (int x = 0; x < width; x++) {
        out[at++] = unpack(block[from + x], time, y, column + x);
      }
    }
    return out;
  }

  /** One whole slice, [y, x], in the unit of the channel. */
  public float[] slice(int time) {
    return slice(time, 0, 0, grid.height(), grid.width());
  }

  private float unpack(double raw, int time, int row, int column) {
    // Fill values are compared before unpacking, as CF says.
    if (raw == fill || raw == missing || !Double.isFinite(raw)) {
      throw new RecordedDataException(
          String.format(
              Locale.ROOT,
              "%s: variable %s at %s, row %d (%.3f), column %d (%.3f): expected a value, found %s;"
                  + " choose tiles or times without gaps",
              path,
              variable.name(),
              Instant.ofEpochMilli(times[time]),
              row,
              grid.originY() + row * grid.spacingY(),
              column,
              grid.originX() + column * grid.spacingX(),
              Double.isNaN(raw) ? "NaN" : "the fill value " + raw));
    }
    return (float) (raw * scale + offset);
  }

  private void load(int time) {
    if (time < 0 || time >= times.length) {
      throw new IllegalArgumentException(
          path + ": expected a time index from 0 to " + (times.length - 1) + ", found " + time);
    }
    if (time >= blockStart && time < blockStart + blockLength) {
      return;
    }
    int points = grid.height() * grid.width();
    int slices = Math.max(1, Math.min(BLOCK_SLICES, BLOCK_VALUES / points));
    int start = time / slices * slices;
    int length = Math.min(slices, times.length - start);
    int[] from = new int[variable.shape().length];
    int[] count = new int[from.length];
    java.util.Arrays.fill(count, 1);
    from[timeAxis] = start;
    count[timeAxis] = length;
    count[latitudeAxis] = grid.height();
    count[longitudeAxis] = grid.width();
    blockLength = 0;
    block = variable.read(from, count);
    blockStart = start;
    blockLength = length;
  }
}
