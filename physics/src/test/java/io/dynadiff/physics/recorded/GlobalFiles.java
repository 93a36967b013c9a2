package io.dynadiff.physics.recorded;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableDataset;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;

/**
 * Writes files of the real global grid, 0.25 degrees, in every format that is read: one variable,
 * value = raw / 2 (GRIB adds 200), packed, an hour from 2018 on.
 */
public enum GlobalFiles {
  /** A chunk an hour, like ARCO-ERA5. */
  ZARR(0) {
    @Override
    public void write(Path path, int hours) throws IOException {
      Files.createDirectory(path);
      Files.writeString(path.resolve(".zgroup"), "{\"zarr_format\": 2}");
      zarrAxis(path, "time", axis(hours, 0, 1), "\"units\":\"hours since 2018-01-01\",");
      zarrAxis(path, "latitude", LATITUDES, "");
      zarrAxis(path, "longitude", LONGITUDES, "");
      String grid = ROWS + ", " + COLUMNS + "]";
      zarrArray(
          path,
          "u100",
          "[" + hours + ", " + grid,
          "[1, " + grid,
          "<i2",
          "\"scale_factor\":0.5,\"_ARRAY_DIMENSIONS\":[\"time\",\"latitude\",\"longitude\"]");
      for (int hour = 0; hour < hours; hour++) {
        Files.write(
            path.resolve("u100").resolve(hour + ".0.0"), shorts(hour, ByteOrder.LITTLE_ENDIAN));
      }
    }
  },

  /** Int16 with a record an hour, like older downloads. */
  NETCDF3(0) {
    @Override
    public void write(Path path, int hours) throws IOException {
      ClassicFileWriter writer = new ClassicFileWriter();
      writer.times = new double[] {0};
      writer.latitudes = LATITUDES;
      writer.longitudes = LONGITUDES;
      writer.recordTime = true;
      writer.packed = true;
      writer.attributes.put("scale_factor", 0.5);
      writer.values = new double[ROWS * COLUMNS];
      writer.write(path);
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        file.seek(4);
        file.writeInt(hours);
        file.seek(file.length() - 8 - 2L * ROWS * COLUMNS);
        for (int hour = 0; hour < hours; hour++) {
          file.writeDouble(hour);
          file.write(shorts(hour, ByteOrder.BIG_ENDIAN));
        }
      }
    }
  },

  /** Edition 2, simple packing in 8 bits, a message an hour. */
  GRIB2(200) {
    @Override
    public void write(Path path, int hours) throws IOException {
      GribFileWriter writer = new GribFileWriter();
      writer.rows = ROWS;
      writer.columns = COLUMNS;
      writer.step = 0.25;
      writer.firstLatitude = 90;
      writer.lastLatitude = -90;
      writer.firstLongitude = 0;
      writer.lastLongitude = 359.75;
      writer.packed = new int[ROWS * COLUMNS];
      for (int hour = 0; hour < hours; hour++) {
        for (int i = 0; i < writer.packed.length; i++) {
          writer.packed[i] = raw(hour, i / COLUMNS, i % COLUMNS);
        }
        writer.reference = LocalDateTime.of(2018, 1, 1, 0, 0).plusHours(hour);
        writer.append(path);
      }
    }
  },

  /** Compressed int16 in chunks of several hours, as the NetCDF library lays them out. */
  NETCDF4(0) {
    @Override
    public void write(Path path, int hours) {
      short[][][] values = new short[hours][ROWS][COLUMNS];
      for (int hour = 0; hour < hours; hour++) {
        for (int y = 0; y < ROWS; y++) {
          for (int x = 0; x < COLUMNS; x++) {
            values[hour][y][x] = raw(hour, y, x);
          }
        }
      }
      // Where the axes lie is known only once they are written.
      writeHdf5(path, values, new long[3]);
      long[] addresses = new long[3];
      try (HdfFile file = new HdfFile(path)) {
        for (int axis = 0; axis < 3; axis++) {
          addresses[axis] = file.getChild(AXES[axis]).getAddress();
        }
      }
      writeHdf5(path, values, addresses);
    }
  };

  public static final int ROWS = 721;
  public static final int COLUMNS = 1440;

  private static final String[] AXES = {"time", "latitude", "longitude"};
  private static final double[] LATITUDES = axis(ROWS, 90, -0.25);
  private static final double[] LONGITUDES = axis(COLUMNS, 0, 0.25);

  private final double offset;

  GlobalFiles(double offset) {
    this.offset = offset;
  }

  /** Writes the first hours of 2018. */
  public abstract void write(Path path, int hours) throws IOException;

  /** Sum over all regions; the row at 90 S belongs to none. */
  public final double sum(int hours) {
    double sum = 0;
    for (int hour = 0; hour < hours; hour++) {
      for (int y = 0; y < ROWS - 1; y++) {
        for (int x = 0; x < COLUMNS; x++) {
          sum += offset + raw(hour, y, x) * 0.5;
        }
      }
    }
    return sum;
  }

  private static short raw(int hour, int y, int x) {
    return (short) ((hour * 31 + y * 7 + x) % 100);
  }

  private static double[] axis(int length, double first, double step) {
    double[] values = new double[length];
    Arrays.setAll(values, i -> first + i * step);
    return values;
  }

  private static byte[] shorts(int hour, ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * ROWS * COLUMNS).order(order);
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < COLUMNS; x++) {
        bytes.putShort(raw(hour, y, x));
      }
    }
    return bytes.array();
  }

  private static void zarrAxis(Path store, String name, double[] values, String attributes)
      throws IOException {
    String length = "[" + values.length + "]";
    zarrArray(
        store,
        name,
        length,
        length,
        "<f8",
        attributes + "\"_ARRAY_DIMENSIONS\":[\"" + name + "\"]");
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    Files.write(store.resolve(name).resolve("0"), bytes.array());
  }

  private static void zarrArray(
      Path store, String name, String shape, String chunks, String type, String attributes)
      throws IOException {
    Path directory = Files.createDirectory(store.resolve(name));
    Files.writeString(
        directory.resolve(".zarray"),
        ("{\"zarr_format\": 2, \"shape\": %s, \"chunks\": %s, \"dtype\": \"%s\","
                + " \"order\": \"C\", \"filters\": null, \"fill_value\": null,"
                + " \"compressor\": null}")
            .formatted(shape, chunks, type));
    Files.writeString(directory.resolve(".zattrs"), "{" + attributes + "}");
  }

  private static void writeHdf5(Path path, short[][][] values, long[] addresses) {
    try (WritableHdfFile file = HdfFile.write(path)) {
      double[][] axes = {axis(values.length, 0, 1), LATITUDES, LONGITUDES};
      String[] units = {"hours since 2018-01-01", "degrees_north", "degrees_east"};
      for (int axis = 0; axis < 3; axis++) {
        WritableDataset scale = file.putDataset(AXES[axis], axes[axis]);
        scale.putAttribute("CLASS", "DIMENSION_SCALE");
        scale.putAttribute("units", units[axis]);
      }
      WritableDataset field =
          file.putDataset(
              "u100",
              values,
              DatasetCreationOptions.builder().chunkDimensions(8, 181, 360).deflate(1).build());
      field.putAttribute("scale_factor", 0.5);
      field.putAttribute("units", "m s**-1");
      field.putAttribute(
          "DIMENSION_LIST", new long[][] {{addresses[0]}, {addresses[1]}, {addresses[2]}});
    }
  }
}
