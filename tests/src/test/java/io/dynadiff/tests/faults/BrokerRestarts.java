package io.dynadiff.tests.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Again and again the only broker, and the registry with it, is killed with SIGKILL and restarted.
 */
@Command(
    name = "broker-restarts",
    mixinStandardHelpOptions = true,
    description = "Kill the broker under load, start it on its data, and count what came of it.",
    footer = {"", "Example:", "  tests/faults/run broker-restarts --rounds=3"})
final class BrokerRestarts extends FaultRun {

  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(10);

  @Option(names = "--rounds", defaultValue = "3", description = "Restarts (default: 3).")
  private int rounds;

  @Option(
      names = "--down-seconds",
      defaultValue = "5",
      description = "How long there is no broker (default: 5).")
  private int downSeconds;

  private final Durations recovery = new Durations();

  @Override
  void disturb(Installation installation, DeliveryLedger ledger) throws Exception {
    Random random = new Random(options.seed);
    ledger.awaitGrowth("scores", 20, RECOVERY_LIMIT);
    for (int round = 1; round <= rounds; round++) {
      ledger.read(Duration.ofMillis(1000 + random.nextInt(4000)));
      installation.broker().kill();
      long killed = System.nanoTime();
      TimeUnit.SECONDS.sleep(downSeconds);
      installation.broker().start();
      installation.awaitBroker();
      ledger.awaitGrowth("scores", 1, RECOVERY_LIMIT);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
      recovery.add(millis);
      say("round %d of %d: scores again after %d ms".formatted(round, rounds, millis));
    }
  }

  @Override
  Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>(recovery.figures("killToNextScore"));
    figures.put("rounds", (double) rounds);
    return figures;
  }

  @Override
  Map<String, Object> config() {
    return Map.of("rounds", rounds, "downSeconds", downSeconds);
  }
}
