package io.dynadiff.producers.sensor;

import io.dynadiff.physics.field.Snapshot;

/** Where a feed's frames go. Thread-confined; closed by whoever opened what is behind it. */
interface FrameOutlet {

  /** Takes a frame, not yet for good. */
  void add(long sequence, Snapshot frame);

  /** Frames taken since the last commit. */
  int pending();

  /** Makes what was taken lasting. */
  void commit();

  /** Frames committed since the start. */
  long committed();
}
