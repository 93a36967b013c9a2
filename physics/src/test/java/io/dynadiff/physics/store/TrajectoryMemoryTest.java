package io.dynadiff.physics.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 1000 frames of 2 x 64 x 64 values, 33 MB, through 12 MB of heap and 1 MB of direct buffers. */
@Timeout(90)
class TrajectoryMemoryTest {
  @TempDir Path temp;

  @Test
  void shouldWriteAndReadATrajectoryLargerThanTheHeap() throws Exception {
    Path output = temp.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx12m",
                "-XX:MaxDirectMemorySize=1m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StoringProcess.class.getName(),
                "write-and-read",
                temp.resolve("store").toString(),
                "1000")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output)).contains(1000L * 2 * 64 * 64 + " values as written");
    assertThat(process.exitValue()).isZero();
  }
}
