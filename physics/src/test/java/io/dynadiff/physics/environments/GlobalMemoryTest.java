package io.dynadiff.physics.environments;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.physics.recorded.GlobalFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A global file of the real grid, 0.25 degrees, but fewer hours, in every format: 96 MB of packed
 * values (48 MB in GRIB, whose writer packs into 8 bits), 199 MB as floats, read region by region
 * side by side with a heap of 64 MB and no more than 8 MB of direct buffers.
 */
@Tag("slow")
@Timeout(300)
class GlobalMemoryTest {
  private static final int HOURS = 48;

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource
  void shouldReadAllRegionsWithAHeapFarSmallerThanTheFile(GlobalFiles format) throws Exception {
    Path file = temp.resolve("global");
    format.write(file, HOURS);

    Path output = temp.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:MaxDirectMemorySize=8m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    GlobalReading.class.getName(),
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
    long values = (long) HOURS * (GlobalFiles.ROWS - 1) * GlobalFiles.COLUMNS;
    assertThat(Files.readString(output)).contains(values + " values, sum " + format.sum(HOURS));
    assertThat(process.exitValue()).isZero();
  }
}
