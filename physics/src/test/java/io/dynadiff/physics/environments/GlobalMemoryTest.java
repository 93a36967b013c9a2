package io.dynadiff.physics.environments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A global file of the real grid, 0.25 degrees, but fewer hours, laid out like ARCO-ERA5 (a chunk
 * an hour): 100 MB as stored, 200 MB as floats, read with a heap of 64 MB.
 */
@Tag("slow")
@Timeout(180)
class GlobalMemoryTest {
  private static final int TIMES = 48;
  private static final int ROWS = 721;
  private static final int COLUMNS = 1440;

  @TempDir Path temp;

  @Test
  void shouldReadAllRegionsWithAHeapFarSmallerThanTheFile() throws Exception {
    Path store = Files.createDirectory(temp.resolve("global.zarr"));
    Files.writeString(store.resolve(".zgroup"), "{\"zarr_format\": 2}");
    axis(store, "time", TIMES, 0, 1, "\"units\":\"hours since 2018-01-01\",");
    axis(store, "latitude", ROWS, 90, -0.25, "");
    axis(store, "longitude", COLUMNS, 0, 0.25, "");
    array(
        store,
        "100m_u_component_of_wind",
        TIMES + ", " + ROWS + ", " + COLUMNS,
        "1, " + ROWS + ", " + COLUMNS,
        "<i2",
        "\"scale_factor\":0.5,\"_ARRAY_DIMENSIONS\":[\"time\",\"latitude\",\"longitude\"]");
    double sum = 0;
    for (int t = 0; t < TIMES; t++) {
      ByteBuffer chunk = ByteBuffer.allocate(ROWS * COLUMNS * 2).order(ByteOrder.LITTLE_ENDIAN);
      for (int y = 0; y < ROWS; y++) {
        for (int x = 0; x < COLUMNS; x++) {
          short value = (short) ((t * 31 + y * 7 + x) % 100);
          chunk.putShort(value);
          sum += y < 720 ? value * 0.5 : 0;
        }
      }
      Files.write(store.resolve("100m_u_component_of_wind").resolve(t + ".0.0"), chunk.array());
    }

    Path output = temp.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    GlobalReading.class.getName(),
                    store.toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output))
        .contains((long) TIMES * 720 * COLUMNS + " values, sum " + sum);
    assertThat(process.exitValue()).isZero();
  }

  private static void axis(
      Path store, String name, int length, double first, double step, String attributes)
      throws IOException {
    array(
        store,
        name,
        "" + length,
        "" + length,
        "<f8",
        attributes + "\"_ARRAY_DIMENSIONS\":[\"" + name + "\"]");
    ByteBuffer values = ByteBuffer.allocate(8 * length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      values.putDouble(first + i * step);
    }
    Files.write(store.resolve(name).resolve("0"), values.array());
  }

  private static void array(
      Path store, String name, String shape, String chunks, String type, String attributes)
      throws IOException {
    Path directory = Files.createDirectory(store.resolve(name));
    Files.writeString(
        directory.resolve(".zarray"),
        ("{\"zarr_format\": 2, \"shape\": [%s], \"chunks\": [%s], \"dtype\": \"%s\","
                + " \"order\": \"C\", \"filters\": null, \"fill_value\": null,"
                + " \"compressor\": null}")
            .formatted(shape, chunks, type));
    Files.writeString(directory.resolve(".zattrs"), "{" + attributes + "}");
  }
}
