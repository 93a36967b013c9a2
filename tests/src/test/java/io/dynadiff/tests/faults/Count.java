package io.dynadiff.tests.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Counts what came of every frame in an installation that somebody else has started, and whose
 * feeds have ended.
 *
 * <p>Exit codes: 0 if nothing is wrong, 1 if something is.
 */
@Command(
    name = "count",
    mixinStandardHelpOptions = true,
    description =
        "Do nothing to an installation whose feeds have ended but count what came of every frame."
            + " Writes no results.")
final class Count implements Callable<Integer> {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "Kafka brokers (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      defaultValue = "http://localhost:8081",
      description = "Schema Registry (default: ${DEFAULT-VALUE}).")
  private String registry;

  @Option(
      names = "--limit-seconds",
      defaultValue = "120",
      description =
          "Longest wait for the frames that are still on their way (default: ${DEFAULT-VALUE}).")
  private long limitSeconds;

  @Override
  public Integer call() {
    try (DeliveryLedger ledger = new DeliveryLedger(bootstrapServers, registry)) {
      ledger.readToEnd(Duration.ofSeconds(limitSeconds));
      return DeliveryLedger.judge(ledger.figures()) ? 0 : 1;
    }
  }
}
