package io.dynadiff.streams.admit;

/** The schema registry gave no verdict on a schema id; the frame must be read again later. */
public final class RegistryUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(int schemaId, Throwable cause) {
    super(
        "schema registry: expected schema "
            + schemaId
            + ", found "
            + cause
            + "; the frame is neither admitted nor rejected until the registry answers",
        cause);
  }
}
