package io.dynadiff.streams.admit;

/** Why a record of the frames topic was rejected; stands in its header {@code dynadiff.reason}. */
public enum RejectionReason {
  /** The record has no value. */
  EMPTY,
  /** The value, or a text in it, is larger than any frame's. */
  TOO_LARGE,
  /** The value does not begin with Confluent's magic byte 0. */
  WRONG_MAGIC_BYTE,
  /** The registry does not know the schema id in the value. */
  UNKNOWN_SCHEMA,
  /** The value is not one FieldFrame: truncated, with bytes left over, or of another type. */
  MALFORMED_AVRO,
  /** The record key is not the frame's environmentId. */
  KEY_MISMATCH,
  /** No bundle serves the frame's system, or it is not the system its run began with. */
  UNKNOWN_SYSTEM,
  /** The tensor does not fit its own bytes, or the frame's grid and channels. */
  SHAPE_MISMATCH,
  /** The frame is sound, but its shape or interval is not what the bundle was trained on. */
  OTHER_FORM,
  /** The field holds NaN or infinity. */
  NON_FINITE,
  /** The sequence is negative or absurdly large. */
  BAD_SEQUENCE,
  /** The event time is closer to a neighbour's than their sequences allow. */
  BAD_EVENT_TIME,
  /** The event time leaps ahead of the clock, after frames that were not ahead of it. */
  FUTURE_EVENT_TIME,
  /** The environment's frame with this sequence was seen before. */
  DUPLICATE,
  /** The frame came after its successors had stopped waiting for it. */
  LATE,
  /** The frame belongs to a run that gave way to another one. */
  FINISHED_RUN
}
