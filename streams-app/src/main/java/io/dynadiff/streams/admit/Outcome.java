package io.dynadiff.streams.admit;

import io.dynadiff.schemas.avro.FieldFrame;

/** What putting a frame in order led to. */
public sealed interface Outcome {

  /** A frame is admitted; outcomes of this kind come in the order of sequences. */
  record Admitted(FieldFrame frame, long ingestedAt) implements Outcome {}

  /**
   * Sequences first..last are given up.
   *
   * @param next the frame after the gap
   * @param waitedMs wall-clock time it waited
   */
  record Gap(long first, long last, FieldFrame next, long waitedMs) implements Outcome {}

  /** The frame just offered is rejected. */
  record Rejected(Rejection rejection) implements Outcome {}
}
