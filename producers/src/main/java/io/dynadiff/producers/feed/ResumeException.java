package io.dynadiff.producers.feed;

/** A run in the topic that this feed cannot be the continuation of. */
public final class ResumeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ResumeException(String message) {
    super(message);
  }
}
