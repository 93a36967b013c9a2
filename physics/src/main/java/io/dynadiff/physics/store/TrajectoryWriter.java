package io.dynadiff.physics.store;

import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Writes trajectories into a store, several at a time.
 *
 * <p>Each worker holds one frame of its trajectory, however long that is. A run that was killed,
 * interrupted or failed leaves whole chunks; the next run writes those that are missing. One writer
 * at a time per store; not thread-safe.
 */
public final class TrajectoryWriter {
  private final Path root;
  private final int threads;
  private final WriteProgress progress;

  /**
   * Makes a writer; nothing is written yet.
   *
   * @param root directory of the store, made where missing
   * @param threads trajectories written at the same time, at least 1
   */
  public TrajectoryWriter(Path root, int threads) {
    this(root, threads, WriteProgress.NONE);
  }

  /**
   * Makes a writer that says how far it is.
   *
   * @param root directory of the store, made where missing
   * @param threads trajectories written at the same time, at least 1
   * @param progress told by the workers
   */
  public TrajectoryWriter(Path root, int threads, WriteProgress progress) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "trajectory writer: expected at least 1 thread, found " + threads);
    }
    this.root = root;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * Writes what is missing of some trajectories; returns when all are finished.
   *
   * @throws IllegalArgumentException if two have the same name, or one is stored already with other
   *     properties
   * @throws IllegalStateException if another writer is at work in the store
   * @throws TrajectoryFormatException if what is stored already is damaged
   * @throws UncheckedIOException if the disk refuses; the message names the file
   * @throws InterruptedException if interrupted; workers stop after their current frame
   */
  public WriteSummary write(List<TrajectorySource> sources) throws InterruptedException {
    Set<String> names = new HashSet<>();
    for (TrajectorySource source : sources) {
      if (!names.add(source.name())) {
        throw new IllegalArgumentException(
            "trajectories: expected different names, found " + source.name() + " twice");
      }
    }
    try {
      Files.createDirectories(root);
      StoreLock lock = StoreLock.acquire(root);
      try {
        return writeAll(sources);
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(root + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private WriteSummary writeAll(List<TrajectorySource> sources) throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      CompletionService<WriteSummary> done = new ExecutorCompletionService<>(workers);
      sources.forEach(source -> done.submit(() -> write(source)));
      WriteSummary summary = new WriteSummary(0, 0, 0);
      for (int i = 0; i < sources.size(); i++) {
        summary = summary.plus(done.take().get());
      }
      return summary;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException("trajectory writer: unexpected failure", e.getCause());
    } finally {
      // The lock must not be given up while a worker still writes.
      workers.shutdownNow();
      awaitWorkers(workers);
    }
  }

  private static void awaitWorkers(ExecutorService workers) {
    boolean interrupted = false;
    while (!workers.isTerminated()) {
      try {
        workers.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private WriteSummary write(TrajectorySource source) throws InterruptedException {
    TrajectoryDirectory directory = TrajectoryDirectory.of(root, source.name());
    try (FieldSeries series = source.series().get()) {
      MetadataFile description = describe(directory, TrajectoryMetadata.of(source, series));
      int chunks = description.metadata().chunkCount();
      BitSet missing = TrajectoryStore.missing(directory, description.metadata());
      for (int chunk = 0; chunk < chunks; chunk++) {
        if (!missing.get(chunk)) {
          MappedChunk.requireWhole(directory, description, chunk);
          progress.found(description.metadata().framesIn(chunk));
        }
      }
      if (!missing.isEmpty()) {
        writeChunks(directory, description, missing, series);
      }
      return new WriteSummary(1, missing.cardinality(), chunks - missing.cardinality());
    } catch (IOException e) {
      throw new UncheckedIOException(
          directory.path() + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static MetadataFile describe(TrajectoryDirectory directory, TrajectoryMetadata metadata)
      throws IOException {
    Files.createDirectories(directory.path());
    if (!Files.exists(directory.metadata())) {
      return MetadataFile.write(directory.metadata(), metadata);
    }
    MetadataFile stored = MetadataFile.read(directory.metadata());
    Map<String, Object> expected = metadata.properties();
    List<String> differences = new ArrayList<>();
    stored
        .metadata()
        .properties()
        .forEach(
            (name, value) -> {
              if (!value.equals(expected.get(name))) {
                differences.add(name + " " + expected.get(name) + ", found " + value);
              }
            });
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          directory.path()
              + ": expected a trajectory with "
              + String.join("; expected ", differences)
              + "; use the settings it was begun with, another name, or delete it");
    }
    return stored;
  }

  private void writeChunks(
      TrajectoryDirectory directory, MetadataFile description, BitSet missing, FieldSeries series)
      throws IOException, InterruptedException {
    TrajectoryMetadata metadata = description.metadata();
    int last = missing.length() - 1;
    long frame = metadata.firstFrame(missing.nextSetBit(0));
    long end = metadata.firstFrame(last) + metadata.framesIn(last);
    try (ChunkWriter writer = new ChunkWriter(directory, description)) {
      Iterator<Snapshot> snapshots = series.snapshots(frame);
      for (; frame < end; frame++) {
        if (Thread.interrupted()) {
          throw new InterruptedException(directory.path() + ": stopped before frame " + frame);
        }
        Snapshot snapshot = snapshots.next();
        int chunk = (int) (frame / metadata.framesPerChunk());
        // A chunk in the middle may be there already; its frames are passed over.
        if (missing.get(chunk)) {
          requireStorable(directory, metadata, frame, snapshot);
          writer.append(chunk, snapshot.values());
          progress.written(1);
        }
      }
    }
  }

  private static void requireStorable(
      TrajectoryDirectory directory, TrajectoryMetadata metadata, long frame, Snapshot snapshot) {
    long eventTime = metadata.startMillis() + frame * metadata.intervalMillis();
    if (snapshot.eventTimeMillis() != eventTime
        || snapshot.values().length != metadata.shape().size()) {
      throw new IllegalArgumentException(
          directory.path()
              + ": expected "
              + metadata.shape().size()
              + " values at event time "
              + eventTime
              + " ms in frame "
              + frame
              + ", found "
              + snapshot.values().length
              + " at "
              + snapshot.eventTimeMillis()
              + " ms; check start and interval");
    }
    float[] values = snapshot.values();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        int point = i % metadata.shape().points();
        throw new IllegalArgumentException(
            directory.path()
                + ": expected finite values, found "
                + values[i]
                + " in frame "
                + frame
                + ", channel "
                + metadata.channels().get(i / metadata.shape().points()).name()
                + ", row "
                + point / metadata.shape().width()
                + ", column "
                + point % metadata.shape().width()
                + "; the frames before it are kept in whole chunks");
      }
    }
  }
}
