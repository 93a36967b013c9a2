package io.dynadiff.physics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.field.FieldShape;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TrajectoryResumeTest {
  private static final FieldShape SHAPE = StoringProcess.SMALL;

  @TempDir Path temp;

  @Test
  void shouldGoOnAfterAKill() throws Exception {
    Path root = temp.resolve("killed");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StoringProcess.class.getName(),
                "hang",
                root.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("at frame 8");
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertThat(files(root.resolve("ramp")))
        .containsExactly(
            "chunk-000000.dtc", "chunk-000001.dtc", "chunk-000002.dtc.part", "trajectory.json");
    TrajectoryStore store = TrajectoryStore.open(root);
    assertThat(store.missingChunks("ramp")).isEqualTo(5);
    assertThatThrownBy(() -> store.series("ramp"))
        .isInstanceOf(TrajectoryFormatException.class)
        .hasMessageContaining("expected 7 chunks, found 2")
        .hasMessageContaining("chunk-000002.dtc; run the writer again");

    List<Long> computed = new ArrayList<>();
    assertThat(write(root, computed)).isEqualTo(new WriteSummary(1, 5, 2));
    assertThat(computed).first().isEqualTo(6L);
    assertThat(computed).hasSize(14);
    assertSameAsUninterrupted(root);
  }

  @Test
  void shouldLeaveWholeChunksWhenTheSeriesFails() throws Exception {
    Path root = temp.resolve("failed");
    TrajectorySource failing =
        RampSeries.source(
            "ramp",
            SHAPE,
            20,
            3,
            frame -> {
              if (frame == 7) {
                throw new ArithmeticException("no longer finite");
              }
            });
    assertThatThrownBy(() -> new TrajectoryWriter(root, 1).write(List.of(failing)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("no longer finite");
    assertThat(files(root.resolve("ramp")))
        .containsExactly("chunk-000000.dtc", "chunk-000001.dtc", "trajectory.json");
    assertThat(write(root, new ArrayList<>())).isEqualTo(new WriteSummary(1, 5, 2));
    assertSameAsUninterrupted(root);
  }

  @Test
  void shouldWriteOnlyTheChunksThatAreMissing() throws Exception {
    Path root = temp.resolve("gaps");
    write(root, new ArrayList<>());
    Files.delete(root.resolve("ramp/chunk-000001.dtc"));
    Files.delete(root.resolve("ramp/chunk-000003.dtc"));
    List<Long> computed = new ArrayList<>();
    assertThat(write(root, computed)).isEqualTo(new WriteSummary(1, 2, 5));
    assertThat(computed).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    assertSameAsUninterrupted(root);
    computed.clear();
    assertThat(write(root, computed)).isEqualTo(new WriteSummary(1, 0, 7));
    assertThat(computed).isEmpty();
  }

  @Test
  void shouldRefuseToGoOnWithOtherSettings() throws Exception {
    Path root = temp.resolve("other");
    write(root, new ArrayList<>());
    TrajectorySource longer = RampSeries.source("ramp", SHAPE, 21, 3, frame -> {});
    assertThatThrownBy(() -> new TrajectoryWriter(root, 1).write(List.of(longer)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "expected a trajectory with length in frames 21, found 20; use the settings it was"
                + " begun with, another name, or delete it");
    TrajectorySource later =
        new TrajectorySource("ramp", longer.provenance(), 6000, OptionalInt.of(4), longer.series());
    assertThatThrownBy(() -> new TrajectoryWriter(root, 1).write(List.of(later)))
        .hasMessageContaining("start in ms 6000, found 5000")
        .hasMessageContaining("frames per chunk 4, found 3");
    assertSameAsUninterrupted(root);
  }

  @Test
  void shouldRefuseToGoOnWithADamagedChunk() throws Exception {
    Path root = temp.resolve("damaged");
    write(root, new ArrayList<>());
    Path chunk = root.resolve("ramp/chunk-000004.dtc");
    Files.write(chunk, new byte[20]);
    assertThatThrownBy(() -> write(root, new ArrayList<>()))
        .isInstanceOf(TrajectoryFormatException.class)
        .hasMessage(
            chunk
                + ": expected a header of 128 bytes, found a file of 20; delete the file and run"
                + " the writer again");
  }

  private static WriteSummary write(Path root, List<Long> computed) throws InterruptedException {
    List<Long> frames = Collections.synchronizedList(computed);
    return new TrajectoryWriter(root, 1)
        .write(List.of(RampSeries.source("ramp", SHAPE, 20, 3, frames::add)));
  }

  private void assertSameAsUninterrupted(Path root) throws Exception {
    Path whole = temp.resolve("whole");
    write(whole, new ArrayList<>());
    assertThat(files(root.resolve("ramp"))).isEqualTo(files(whole.resolve("ramp"))).hasSize(8);
    for (String file : files(whole.resolve("ramp"))) {
      assertThat(root.resolve("ramp").resolve(file))
          .hasSameBinaryContentAs(whole.resolve("ramp").resolve(file));
    }
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
