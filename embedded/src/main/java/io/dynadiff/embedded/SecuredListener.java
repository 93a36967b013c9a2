package io.dynadiff.embedded;

import java.util.Map;
import java.util.TreeSet;

/**
 * A second listener of the broker, on which clients speak TLS and say who they are (SASL_SSL), for
 * trying how parts behave on a broker that asks. The first listener stays as it is: whoever uses it
 * is {@code User:ANONYMOUS}.
 *
 * @param port on localhost, free
 * @param brokerProperties of the broker, for example {@code authorizer.class.name} and {@code
 *     listener.name.secured.ssl.keystore.location}; they win over the broker's own
 */
public record SecuredListener(int port, Map<String, String> brokerProperties) {

  public SecuredListener {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "The port of the secured listener is %d, expected 1 to 65535.".formatted(port));
    }
    brokerProperties = Map.copyOf(brokerProperties);
  }

  /** Names the keys without their values, which may be secrets. */
  @Override
  public String toString() {
    return "SecuredListener[port=%d, brokerProperties=%s]"
        .formatted(port, new TreeSet<>(brokerProperties.keySet()));
  }
}
