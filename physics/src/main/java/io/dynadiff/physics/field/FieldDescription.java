package io.dynadiff.physics.field;

import java.util.List;

/** What every snapshot of one environment has in common, wherever the snapshots come from. */
public interface FieldDescription {

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

  /** Governing conditions in force from a snapshot on, empty where unknown. */
  List<Condition> conditions(long index);
}
