package io.dynadiff.streams.wire;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.EOFException;
import java.io.IOException;

/** Tells a schema registry that does not answer from a record that cannot be read. */
public final class RegistryOutage {

  private static final int NOT_FOUND = 404;

  private RegistryOutage() {}

  /** Whether a failure to read a record says nothing about the record itself. */
  public static boolean caused(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof RestClientException rest) {
        return !saysNotFound(rest);
      }
      // Avro reports what it cannot decode as IOExceptions of its own.
      boolean ofAvro = cause.getClass().getName().startsWith("org.apache.avro.");
      if (cause instanceof IOException && !(cause instanceof EOFException) && !ofAvro) {
        return true;
      }
    }
    return false;
  }

  /** Whether the registry answered that it does not know what was asked for. */
  public static boolean saysNotFound(RestClientException answer) {
    return answer.getStatus() == NOT_FOUND || answer.getErrorCode() / 100 == NOT_FOUND;
  }
}
