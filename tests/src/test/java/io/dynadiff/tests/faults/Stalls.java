package io.dynadiff.tests.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Again and again a process is stopped with SIGSTOP for longer than its session, so that others
 * take its work over, and then goes on as if nothing had happened.
 */
@Command(
    name = "stalls",
    mixinStandardHelpOptions = true,
    description = "Stop random roles beyond their session, wake them, and count what came of it.",
    footer = {"", "Example:", "  tests/faults/run stalls --rounds=4 --stall-seconds=35"})
final class Stalls extends FaultRun {

  @Option(names = "--rounds", defaultValue = "4", description = "Stalls (default: 4).")
  private int rounds;

  @Option(
      names = "--stall-seconds",
      defaultValue = "35",
      description = "How long; a session ends after 20, a transaction after 60 (default: 35).")
  private int stallSeconds;

  @Override
  void disturb(Installation installation, DeliveryLedger ledger) throws Exception {
    Random random = new Random(options.seed);
    List<RoleProcess> roles = installation.roles();
    for (int round = 1; round <= rounds; round++) {
      ledger.read(Duration.ofMillis(1000 + random.nextInt(4000)));
      RoleProcess victim = roles.get(random.nextInt(roles.size()));
      victim.stop();
      ledger.read(Duration.ofSeconds(stallSeconds));
      victim.wake();
      // Long enough to write what it had in hand when it was stopped.
      ledger.read(Duration.ofSeconds(10));
      installation.awaitReady(victim);
      say(
          "round %d of %d: %s was away for %d s; published %d, scored %d"
              .formatted(
                  round,
                  rounds,
                  victim.name(),
                  stallSeconds,
                  ledger.count("frames"),
                  ledger.count("scores")));
    }
  }

  @Override
  Map<String, Double> figures() {
    return new TreeMap<>(Map.of("rounds", (double) rounds));
  }

  @Override
  Map<String, Object> config() {
    return Map.of("rounds", rounds, "stallSeconds", stallSeconds);
  }
}
