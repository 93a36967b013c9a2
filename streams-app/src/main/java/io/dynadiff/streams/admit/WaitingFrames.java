package io.dynadiff.streams.admit;

import io.dynadiff.schemas.avro.FieldFrame;
import java.util.Optional;

/** The frames of one environment that wait for an earlier one, by sequence. */
public interface WaitingFrames {

  /** A frame with the record timestamp it came with, in milliseconds since the epoch. */
  record Waiting(FieldFrame frame, long ingestedAt) {}

  /** The frame with the lowest sequence. */
  Optional<Waiting> first();

  /** The frame with this sequence or the nearest lower one. */
  Optional<Waiting> atOrBelow(long sequence);

  /** The frame with the nearest higher sequence. */
  Optional<Waiting> above(long sequence);

  void add(Waiting waiting, long now);

  void remove(long sequence);
}
