package io.dynadiff.console.feed;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

/** Tells bytes that cannot be read from a registry that cannot be asked. */
final class RegistryOutage {

  private static final int SERVER_ERROR = 500;

  private RegistryOutage() {}

  /** What a registry that does not answer says, or empty where the failure is the bytes' own. */
  static Optional<String> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean unreachable =
          cause instanceof SocketException
              || cause instanceof SocketTimeoutException
              || cause instanceof UnknownHostException;
      boolean refusing =
          cause instanceof RestClientException rest && rest.getStatus() >= SERVER_ERROR;
      if (unreachable || refusing) {
        return Optional.of(cause.toString());
      }
    }
    return Optional.empty();
  }
}
