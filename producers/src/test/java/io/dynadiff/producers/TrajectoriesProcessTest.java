package io.dynadiff.producers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that writes trajectories, in a process that is killed and one that is stopped. */
@Tag("slow")
@Timeout(180)
class TrajectoriesProcessTest {
  @TempDir Path temp;

  @Test
  void shouldEndWithTheSameBytesWhenKilledAndRunAgain() throws Exception {
    Path killed = temp.resolve("killed");
    Process process = start("killed.txt", killed, "2");
    awaitFirstChunk(killed);
    process.destroyForcibly().waitFor();
    List<Path> first = chunks(killed);

    assertThat(start("again.txt", killed, "1").waitFor()).as(output("again.txt")).isZero();
    assertThat(output("again.txt")).contains((12 - first.size()) + " chunks written");
    assertThat(start("whole.txt", temp.resolve("whole"), "3").waitFor()).isZero();
    List<Path> whole = chunks(temp.resolve("whole"));
    assertThat(whole).hasSize(12);
    for (Path chunk : whole) {
      assertThat(killed.resolve(temp.resolve("whole").relativize(chunk)))
          .hasSameBinaryContentAs(chunk);
    }
  }

  @Test
  void shouldKeepWholeChunksWhenTerminated() throws Exception {
    Path stopped = temp.resolve("stopped");
    Process process = start("stopped.txt", stopped, "1");
    awaitFirstChunk(stopped);
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    // 128 + SIGTERM; Ctrl-C gives 130 the same way.
    assertThat(process.exitValue()).as(output("stopped.txt")).isEqualTo(143);
    assertThat(output("stopped.txt")).contains("stopped; whole chunks are kept");
    try (Stream<Path> files = Files.walk(stopped)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  private static void awaitFirstChunk(Path store) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !chunks(store).isEmpty());
  }

  /** Four trajectories of three chunks each. */
  private Process start(String output, Path store, String threads) throws IOException {
    return CommandProcess.start(
        temp.resolve(output),
        List.of(
            "trajectories",
            "write",
            "lambda-omega",
            "--environments",
            "lambda-omega/beta-1.10,lambda-omega/beta-1.40",
            "--trajectories",
            "2",
            "--frames",
            "1300",
            "--threads",
            threads,
            "--output",
            store.toString()));
  }

  private static List<Path> chunks(Path store) throws IOException {
    if (!Files.exists(store)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(file -> file.toString().endsWith(".dtc")).sorted().toList();
    }
  }

  private String output(String file) throws IOException {
    return Files.readString(temp.resolve(file));
  }
}
