package io.dynadiff.embedded;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the embedded broker and registry are started.
 *
 * @param brokerPort port of the broker on localhost, 0 for any free one
 * @param registryPort port of the Schema Registry on localhost, 0 for any free one
 * @param dataDirectory where the data is kept; empty for a temporary directory that is deleted on
 *     close
 * @param partitions of every topic, at least 1
 */
public record EmbeddedOptions(
    int brokerPort, int registryPort, Optional<Path> dataDirectory, int partitions) {

  public EmbeddedOptions {
    checkPort("broker", brokerPort);
    checkPort("registry", registryPort);
    if (brokerPort != 0 && brokerPort == registryPort) {
      throw new IllegalArgumentException(
          "Broker and registry cannot both have port %d; choose two.".formatted(brokerPort));
    }
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "partitions is %d, expected at least 1.".formatted(partitions));
    }
  }

  /** Returns options for free ports and temporary data. */
  public static EmbeddedOptions temporary(int partitions) {
    return new EmbeddedOptions(0, 0, Optional.empty(), partitions);
  }

  /** Returns options for free ports and data that is kept. */
  public static EmbeddedOptions keptIn(Path dataDirectory, int partitions) {
    return new EmbeddedOptions(0, 0, Optional.of(dataDirectory), partitions);
  }

  private static void checkPort(String what, int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "The %s port is %d, expected 0 (any free one) to 65535.".formatted(what, port));
    }
  }
}
