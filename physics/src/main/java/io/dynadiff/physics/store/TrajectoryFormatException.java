package io.dynadiff.physics.store;

/** A stored trajectory that cannot be used; the message names file, expected, found and cure. */
public final class TrajectoryFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one. */
  public TrajectoryFormatException(String message) {
    super(message);
  }

  TrajectoryFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
