package io.dynadiff.physics.field;

import java.util.Iterator;

/**
 * A series of fields of one environment at a constant interval, from a simulation or a recording.
 *
 * <p>Snapshots are numbered 0, 1, 2, ... and streamed, never all in memory. Not thread-safe; closed
 * by whoever opened it.
 */
public interface FieldSeries extends FieldDescription, AutoCloseable {

  /** Number of snapshots, at least 1. */
  long length();

  /**
   * The snapshots from an index on, in time order.
   *
   * <p>Reading may throw {@link RuntimeException}s that name file, variable and position.
   *
   * @param firstIndex 0 to {@link #length()}; at length there are none
   */
  Iterator<Snapshot> snapshots(long firstIndex);

  @Override
  void close();
}
