package io.dynadiff.embedded;

/** Says why the embedded broker or registry did not start and what to change. */
public final class EmbeddedStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EmbeddedStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
