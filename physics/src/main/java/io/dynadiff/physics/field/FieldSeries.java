package io.dynadiff.physics.field;

import java.util.Iterator;
import java.util.List;

/**
 * A series of fields of one environment at a constant interval, from a simulation or a recording.
 *
 * <p>Snapshots are numbered 0, 1, 2, ... and streamed, never all in memory. Not thread-safe; closed
 * by whoever opened it.
 */
public interface FieldSeries extends AutoCloseable {

  /** System of dynamics, for example lambda-omega. */
  String system();

  /** Environment the fields belong to, unique within a broker. */
  String environmentId();

  /** Shape [channel, y, x] of every snapshot. */
  FieldShape shape();

  /** Grid of every snapshot; same height and width as the shape. */
  Grid grid();

  /** Quantities in the order of the channel axis. */
  List<Channel> channels();

  /** Event time between consecutive snapshots in milliseconds, at least 1. */
  long intervalMillis();

  /** Number of snapshots, at least 1. */
  long length();

  /** Governing conditions in force from a snapshot on, empty where unknown. */
  List<Condition> conditions(long index);

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
