package io.dynadiff.streams.metrics;

import java.util.OptionalInt;

/**
 * Where metrics and health are served, and how many environments are shown.
 *
 * @param port TCP port, 0 for any free one; empty to serve nothing
 * @param address host name or IP address to listen on; by default only this machine can ask
 * @param environmentLimit environments that have series of their own, at least 0
 */
public record MetricsSettings(OptionalInt port, String address, int environmentLimit) {

  public static final MetricsSettings DEFAULT =
      new MetricsSettings(OptionalInt.empty(), "127.0.0.1", 200);

  public MetricsSettings {
    if (port.isPresent() && (port.getAsInt() < 0 || port.getAsInt() > 65535)) {
      throw new IllegalArgumentException(
          "metrics.port: expected 0 (any free one) to 65535, found " + port.getAsInt());
    }
    if (address.isBlank()) {
      throw new IllegalArgumentException(
          "metrics.address: expected a host name or an address, for example 127.0.0.1, found none");
    }
    if (environmentLimit < 0) {
      throw new IllegalArgumentException(
          "metrics.environment-limit: expected 0 or more, found " + environmentLimit);
    }
  }
}
