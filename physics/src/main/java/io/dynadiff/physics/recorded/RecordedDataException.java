package io.dynadiff.physics.recorded;

/**
 * Recorded data that cannot be used; the message names file, place, what was expected and found.
 */
public final class RecordedDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RecordedDataException(String message) {
    super(message);
  }

  RecordedDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
