package io.dynadiff.streams.window;

/** Why it is worth deciding again whether an environment needs new weights. */
public enum Occasion {
  /** Its window has moved on by a frame. */
  FRAME,
  /** A shift was detected. */
  SHIFT,
  /** A person has ordered new weights. */
  ORDER
}
