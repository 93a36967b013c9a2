package io.dynadiff.physics.store;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A stored trajectory, read through a memory map of one chunk at a time.
 *
 * <p>A chunk's checksum is verified before its first value is handed out. Not thread-safe: open one
 * per thread. The files must stay as they are meanwhile, which the writer sees to.
 */
public final class StoredSeries implements FieldSeries {
  private final TrajectoryDirectory directory;
  private final MetadataFile description;
  private final BitSet verified = new BitSet();
  private MappedChunk chunk;

  StoredSeries(TrajectoryDirectory directory, MetadataFile description) {
    this.directory = directory;
    this.description = description;
  }

  /** Everything about the trajectory but its values. */
  public TrajectoryMetadata metadata() {
    return description.metadata();
  }

  /**
   * Copies one frame out of the map, in any order of frames.
   *
   * @param index 0 to {@link #length()} - 1
   * @param target takes the values, [channel, y, x]; exactly that size
   * @throws TrajectoryFormatException if the chunk is damaged
   */
  public void read(long index, float[] target) {
    if (index < 0 || index >= length() || target.length != shape().size()) {
      throw new IllegalArgumentException(
          directory.path()
              + ": expected a frame from 0 to "
              + (length() - 1)
              + " and room for "
              + shape().size()
              + " values, found frame "
              + index
              + " and room for "
              + target.length);
    }
    int number = (int) (index / metadata().framesPerChunk());
    if (chunk == null || chunk.index() != number) {
      chunk = MappedChunk.map(directory, description, number, verified.get(number));
      verified.set(number);
    }
    int frame = (int) (index - metadata().firstFrame(number));
    chunk.values().get(frame * target.length, target);
  }

  @Override
  public Iterator<Snapshot> snapshots(long firstIndex) {
    if (firstIndex < 0 || firstIndex > length()) {
      throw new IllegalArgumentException(
          "first snapshot: expected 0 to " + length() + ", found " + firstIndex);
    }
    return new Iterator<>() {
      private long next = firstIndex;

      @Override
      public boolean hasNext() {
        return next < length();
      }

      @Override
      public Snapshot next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the series has " + length() + " snapshots");
        }
        float[] values = new float[shape().size()];
        read(next, values);
        return new Snapshot(metadata().startMillis() + next++ * intervalMillis(), values);
      }
    };
  }

  @Override
  public String system() {
    return metadata().system();
  }

  @Override
  public String environmentId() {
    return metadata().environmentId();
  }

  @Override
  public FieldShape shape() {
    return metadata().shape();
  }

  @Override
  public Grid grid() {
    return metadata().grid();
  }

  @Override
  public List<Channel> channels() {
    return metadata().channels();
  }

  @Override
  public long intervalMillis() {
    return metadata().intervalMillis();
  }

  @Override
  public long length() {
    return metadata().length();
  }

  @Override
  public List<Condition> conditions(long index) {
    return metadata().conditionsAt(index);
  }

  /** Lets go of the map. */
  @Override
  public void close() {
    chunk = null;
  }
}
