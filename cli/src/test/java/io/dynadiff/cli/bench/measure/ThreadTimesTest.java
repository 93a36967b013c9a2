package io.dynadiff.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ThreadTimesTest {

  @Test
  void shouldTellWhatThreadsComputedByWhatTheyAreThereFor() throws InterruptedException {
    assumeTrue(Files.exists(Path.of("/proc/self/schedstat")), "Linux tells it, others do not");
    AtomicBoolean done = new AtomicBoolean();
    Thread busy =
        new Thread(
            () -> {
              while (!done.get()) {
                Thread.onSpinWait();
              }
            },
            "dynadiff-verify-and-a-long-name");
    ThreadTimes before = ThreadTimes.now();
    busy.start();
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> ThreadTimes.now().since(before).getOrDefault("verification", 0L) > 20_000_000L);
    } finally {
      done.set(true);
      busy.join();
    }
  }

  @Test
  void shouldCountOnlyWhatCameSinceAndPutStrangersTogether() {
    ThreadTimes before = new ThreadTimes(Map.of(1L, 5L), Map.of(1L, "rocksdb:low"));
    ThreadTimes after =
        new ThreadTimes(
            Map.of(1L, 8L, 2L, 10L, 3L, 100L, 4L, 1L),
            Map.of(1L, "rocksdb:low", 2L, "rocksdb:high", 3L, "C2 CompilerThre", 4L, "who"));
    assertThat(after.since(before))
        .containsOnly(
            Map.entry("compaction-of-stores", 13L),
            Map.entry("compilation", 100L),
            Map.entry("other", 1L));
  }
}
