package io.dynadiff.physics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.field.FieldShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TrajectoryWriterTest {
  private static final FieldShape SHAPE = new FieldShape(2, 4, 8);

  @TempDir Path root;

  @Test
  void shouldWriteTrajectoriesAtTheSameTime() throws Exception {
    // Neither trajectory gets past a frame before the other has reached it.
    CyclicBarrier together = new CyclicBarrier(2);
    WriteSummary summary =
        new TrajectoryWriter(root, 2)
            .write(
                List.of(
                    RampSeries.source("a", SHAPE, 10, 4, frame -> await(together)),
                    RampSeries.source("b", SHAPE, 10, 4, frame -> await(together))));
    assertThat(summary).isEqualTo(new WriteSummary(2, 6, 0));
    assertThat(root.resolve("a/chunk-000002.dtc"))
        .hasSameBinaryContentAs(root.resolve("b/chunk-000002.dtc"));
  }

  @Test
  void shouldHoldOneFrameInMemory() throws Exception {
    TrajectoryDirectory directory = TrajectoryDirectory.of(root, "flow");
    FieldShape shape = new FieldShape(2, 64, 64);
    TrajectorySource source = RampSeries.source("flow", shape, 1000, 250, frame -> {});
    Files.createDirectories(directory.path());
    MetadataFile description =
        MetadataFile.write(
            directory.metadata(), TrajectoryMetadata.of(source, source.series().get()));
    try (ChunkWriter writer = new ChunkWriter(directory, description)) {
      assertThat(writer.bufferBytes()).isEqualTo(64 * 64 * 2 * 4);
    }
  }

  @Test
  void shouldChooseChunksOfFourMegabytes() {
    TrajectorySource given =
        RampSeries.source("flow", new FieldShape(2, 64, 64), 1000, 1, frame -> {});
    TrajectorySource source =
        new TrajectorySource("flow", given.provenance(), 0, OptionalInt.empty(), given.series());
    TrajectoryMetadata metadata = TrajectoryMetadata.of(source, source.series().get());
    assertThat(metadata.framesPerChunk()).isEqualTo(128);
    assertThat(metadata.chunkCount()).isEqualTo(8);
  }

  @Test
  void shouldRefuseASecondWriter() throws Exception {
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    FutureTask<WriteSummary> first =
        new FutureTask<>(
            () ->
                new TrajectoryWriter(root, 1)
                    .write(
                        List.of(
                            RampSeries.source(
                                "a",
                                SHAPE,
                                2,
                                1,
                                frame -> {
                                  atWork.countDown();
                                  await(goOn);
                                }))));
    new Thread(first, "first writer").start();
    assertThat(atWork.await(30, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> new TrajectoryWriter(root, 1).write(List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected no other writer in the store, found one at work");
    goOn.countDown();
    assertThat(first.get(30, TimeUnit.SECONDS).trajectories()).isOne();
    assertThat(new TrajectoryWriter(root, 1).write(List.of()).trajectories()).isZero();
  }

  @Test
  void shouldStopAfterTheCurrentFrameWhenInterrupted() throws Exception {
    Thread caller = Thread.currentThread();
    TrajectorySource source =
        RampSeries.source(
            "a",
            SHAPE,
            20,
            3,
            frame -> {
              if (frame == 7) {
                caller.interrupt();
                while (!Thread.currentThread().isInterrupted()) {
                  Thread.onSpinWait();
                }
              }
            });
    assertThatThrownBy(() -> new TrajectoryWriter(root, 1).write(List.of(source)))
        .isInstanceOf(InterruptedException.class);
    assertThat(root.resolve("a"))
        .isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    assertThat(TrajectoryStore.open(root).missingChunks("a")).isEqualTo(5);
    assertThat(new TrajectoryWriter(root, 1).write(List.of(ramp(20))))
        .isEqualTo(new WriteSummary(1, 5, 2));
  }

  @Test
  void shouldRefuseWhatCannotBeStored() {
    TrajectorySource ramp = RampSeries.source("a", SHAPE, 4, 2, frame -> {});
    assertThatThrownBy(() -> new TrajectoryWriter(root, 0)).hasMessageContaining("found 0");
    assertThatThrownBy(() -> new TrajectoryWriter(root, 1).write(List.of(ramp, ramp)))
        .hasMessageContaining("expected different names, found a twice");
    TrajectorySource shifted =
        new TrajectorySource("b", ramp.provenance(), 4000, OptionalInt.of(2), ramp.series());
    assertThatThrownBy(() -> new TrajectoryWriter(root, 1).write(List.of(shifted)))
        .hasMessageContaining("expected 64 values at event time 4000 ms in frame 0")
        .hasMessageContaining("found 64 at 5000 ms");
    TrajectorySource wide =
        RampSeries.source("c", new FieldShape(1, 4096, 4096), 4000, 100, frame -> {});
    assertThatThrownBy(() -> new TrajectoryWriter(root, 1).write(List.of(wide)))
        .hasMessageContaining("expected at most 1073741824 bytes a chunk")
        .hasMessageContaining("found 100 frames of 16777216 values");
  }

  @Test
  void shouldRefuseValuesThatAreNotFinite() {
    TrajectorySource source =
        RampSeries.source("d", SHAPE, RampSeries.BROKEN_FRAME + 1, 4, frame -> {});
    assertThatThrownBy(() -> new TrajectoryWriter(root, 1).write(List.of(source)))
        .hasMessageContaining("found NaN in frame 1000, channel c1, row 0, column 5");
    assertThat(TrajectoryStore.open(root).missingChunks("d")).isOne();
  }

  private static TrajectorySource ramp(long length) {
    return RampSeries.source("a", SHAPE, length, 3, frame -> {});
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("the other trajectory is not being written", e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
