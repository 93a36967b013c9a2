package io.dynadiff.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedRunTest {

  @TempDir private Path work;

  private Path file;

  @BeforeEach
  void keepAPart() throws IOException {
    file = work.resolve("kept").resolve("bench.json");
    BenchRun run = run();
    run.figures().put("latency.p50Ms", 12.5);
    run.configure("latency", Map.of("seconds", 180));
    UnfinishedRun.open(file, "bench", "abc").add("latency", run, 185);
  }

  private BenchRun run() {
    return new BenchRun(work, work, work, false, Map.of(), done -> {});
  }

  @Test
  void shouldGoOnWithWhatWasFoundWhenTheSameCommandIsRunAgain() throws IOException {
    UnfinishedRun kept = UnfinishedRun.open(file, "bench", "abc");
    assertThat(kept.parts()).containsExactly("latency");
    assertThat(kept.seconds()).isEqualTo(185);
    BenchRun next = run();
    kept.restore(next);
    assertThat(next.figures().byName()).containsExactly(Map.entry("latency.p50Ms", 12.5));
    assertThat(next.configuration()).containsEntry("latency", Map.of("seconds", 180));
    next.figures().put("start-up.ms", 6.0);
    kept.add("start-up", next, 200);
    assertThat(UnfinishedRun.open(file, "bench", "abc").parts())
        .containsExactly("latency", "start-up");
  }

  @Test
  void shouldBeginAnewWhenCommandOrSourcesAreOthersOrTheFileIsDamaged() throws IOException {
    assertThat(UnfinishedRun.open(file, "bench --hold 600", "abc").parts()).isEmpty();
    assertThat(UnfinishedRun.open(file, "bench", "def").parts()).isEmpty();
    assertThat(UnfinishedRun.open(file, "bench", "abc-dirty").parts()).isEmpty();
    Files.writeString(file, "{\"command\": \"bench\", ");
    assertThat(UnfinishedRun.open(file, "bench", "abc").parts()).isEmpty();
  }

  @Test
  void shouldLeaveNothingWhenAllIsDone() throws IOException {
    UnfinishedRun.open(file, "bench", "abc").delete();
    assertThat(file).doesNotExist();
    assertThat(UnfinishedRun.open(file, "bench", "abc").parts()).isEmpty();
  }
}
