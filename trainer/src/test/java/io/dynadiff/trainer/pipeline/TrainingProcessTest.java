package io.dynadiff.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TrainingProcessTest {

  private static final long LIMIT_MINUTES = 8;
  private static final int STEPS = 10_000;

  /** Steps until the engine has its pools and the compiler its code. */
  private static final int WARM_UP = 2_000;

  /** One kept batch of frames per step would be ten times as much. */
  private static final long TOLERANCE_KIBIBYTES = 16 << 10;

  @TempDir Path directory;

  private Process process;

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }

  private List<String> output(int threads, List<String> options, String... args) throws Exception {
    Path output = directory.resolve("output");
    process = TrainingProcess.start(output, threads, options, args);
    assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("ends in time").isTrue();
    assertThat(process.exitValue()).isZero();
    return Files.readAllLines(output);
  }

  private String bundle(String name) throws Exception {
    return output(
            1,
            List.of("-Xmx1g"),
            "bundle",
            directory.resolve("work-" + name).toString(),
            directory.resolve("bundle-" + name).toString())
        .get(0);
  }

  @Test
  void shouldMakeTheSameBundleWhenTrainedTwiceOnOneThread() throws Exception {
    assertThat(bundle("one")).hasSize(64).isEqualTo(bundle("two"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldHoldNoMoreMemoryWhenStepsAreMany() throws Exception {
    // A heap that is whole from the start: what grows is not the heap.
    List<String> heap = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");
    List<Long> resident =
        output(1, heap, "memory", directory.resolve("work").toString(), "" + (WARM_UP + STEPS))
            .stream()
            .map(Long::parseLong)
            .toList();
    assertThat(resident).hasSize((WARM_UP + STEPS) / MemoryOfSteps.CHECK_STEPS);
    long before = resident.get(WARM_UP / MemoryOfSteps.CHECK_STEPS - 1);
    long after = resident.get(resident.size() - 1);
    assertThat(after - before).as("growth in KiB of %s", resident).isLessThan(TOLERANCE_KIBIBYTES);
  }
}
