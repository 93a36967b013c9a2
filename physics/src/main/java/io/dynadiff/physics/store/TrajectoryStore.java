package io.dynadiff.physics.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of stored trajectories, for reading.
 *
 * <p>Thread-safe; the series it opens are not. May be read while a {@link TrajectoryWriter} goes
 * on.
 */
public final class TrajectoryStore {
  private final Path root;

  private TrajectoryStore(Path root) {
    this.root = root;
  }

  /**
   * Opens a store.
   *
   * @throws TrajectoryFormatException if there is no such directory
   */
  public static TrajectoryStore open(Path root) {
    if (!Files.isDirectory(root)) {
      throw new TrajectoryFormatException(
          root + ": expected a directory of trajectories, found none; write one first");
    }
    return new TrajectoryStore(root);
  }

  /** Names of all trajectories, also of unfinished ones, sorted. */
  public List<String> names() {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.endsWith(TrajectoryDirectory.METADATA))
          .map(file -> root.relativize(file.getParent()).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(root + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  /**
   * Everything about a trajectory but its values; it may be unfinished.
   *
   * @throws TrajectoryFormatException if there is none of that name, or its description is damaged
   */
  public TrajectoryMetadata metadata(String name) {
    return MetadataFile.read(TrajectoryDirectory.of(root, name).metadata()).metadata();
  }

  /** Number of chunks that are still to be written; 0 for a finished trajectory. */
  public int missingChunks(String name) {
    return missing(TrajectoryDirectory.of(root, name), metadata(name)).cardinality();
  }

  /**
   * Opens a finished trajectory; the caller closes it.
   *
   * @throws TrajectoryFormatException if it is not finished, or its description, the size of a
   *     chunk or its header is not as written; values are checked when they are read
   */
  public StoredSeries series(String name) {
    TrajectoryDirectory directory = TrajectoryDirectory.of(root, name);
    MetadataFile description = MetadataFile.read(directory.metadata());
    int chunks = description.metadata().chunkCount();
    BitSet missing = missing(directory, description.metadata());
    if (!missing.isEmpty()) {
      throw new TrajectoryFormatException(
          directory.path()
              + ": expected "
              + chunks
              + " chunks, found "
              + (chunks - missing.cardinality())
              + ", the first missing is "
              + directory.chunk(missing.nextSetBit(0)).getFileName()
              + "; run the writer again, it goes on where it stopped");
    }
    for (int chunk = 0; chunk < chunks; chunk++) {
      MappedChunk.requireWhole(directory, description, chunk);
    }
    return new StoredSeries(directory, description);
  }

  /** Chunks of a trajectory that have no file. */
  static BitSet missing(TrajectoryDirectory directory, TrajectoryMetadata metadata) {
    BitSet missing = new BitSet();
    for (int chunk = 0; chunk < metadata.chunkCount(); chunk++) {
      missing.set(chunk, !Files.exists(directory.chunk(chunk)));
    }
    return missing;
  }
}
