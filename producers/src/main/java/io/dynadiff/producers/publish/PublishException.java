package io.dynadiff.producers.publish;

/** Frames could not be published; nothing after the last committed frame is in the topic. */
public final class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PublishException(String message, Throwable cause) {
    super(message, cause);
  }
}
