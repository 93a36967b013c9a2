package io.dynadiff.physics.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory of stored trajectories, for reading; the directory of one trajectory is a store of
 * that one.
 *
 * <p>Thread-safe; the series it opens are not. May be read while a {@link TrajectoryWriter} goes
 * on.
 */
public final class TrajectoryStore {
  private final Path root;
  private final Optional<String> only;

  private TrajectoryStore(Path root, Optional<String> only) {
    this.root = root;
    this.only = only;
  }

  /** Whether a path is a directory that holds at least one trajectory, told by content. */
  public static boolean isStore(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return Files.isDirectory(path) && files.anyMatch(TrajectoryStore::isDescription);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isDescription(Path file) {
    return file.endsWith(TrajectoryDirectory.METADATA);
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
    if (Files.exists(root.resolve(TrajectoryDirectory.METADATA))) {
      Path one = root.toAbsolutePath().normalize();
      return new TrajectoryStore(one.getParent(), Optional.of(one.getFileName().toString()));
    }
    return new TrajectoryStore(root, Optional.empty());
  }

  /** Names of all trajectories, also of unfinished ones, sorted. */
  public List<String> names() {
    if (only.isPresent()) {
      return List.of(only.get());
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(TrajectoryStore::isDescription)
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

  /** Where the files of a trajectory lie. */
  public Path directory(String name) {
    return TrajectoryDirectory.of(root, name).path();
  }

  /** SHA-256 of a trajectory's description, 64 hexadecimal digits; every chunk names it. */
  public String sha256(String name) {
    return HexFormat.of()
        .formatHex(MetadataFile.read(TrajectoryDirectory.of(root, name).metadata()).sha256());
  }

  /**
   * The chunks that a trajectory has so far, their headers checked and their values not.
   *
   * @throws TrajectoryFormatException if one is damaged
   */
  public List<StoredChunk> chunks(String name) {
    TrajectoryDirectory directory = TrajectoryDirectory.of(root, name);
    MetadataFile description = MetadataFile.read(directory.metadata());
    BitSet missing = missing(directory, description.metadata());
    List<StoredChunk> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < description.metadata().chunkCount(); chunk++) {
      if (!missing.get(chunk)) {
        chunks.add(
            StoredChunk.of(directory, MappedChunk.requireWhole(directory, description, chunk)));
      }
    }
    return chunks;
  }

  /**
   * Reads a whole trajectory, one chunk in memory at a time, and compares every checksum.
   *
   * @return bytes of values read
   * @throws TrajectoryFormatException if it is not finished, or anything is not as written
   */
  public long verify(String name) {
    long bytes = 0;
    try (StoredSeries series = series(name)) {
      float[] frame = new float[series.shape().size()];
      for (StoredChunk chunk : chunks(name)) {
        series.read(chunk.firstFrame(), frame);
        bytes += chunk.bytes();
      }
    }
    return bytes;
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
