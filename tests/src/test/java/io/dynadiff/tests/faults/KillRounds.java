package io.dynadiff.tests.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Round after round one process, chosen at random, is killed with SIGKILL at a random moment and
 * started again.
 */
@Command(
    name = "kill-rounds",
    mixinStandardHelpOptions = true,
    description = "Kill random roles under load, and count what came of every frame.",
    footer = {"", "Example:", "  tests/faults/run kill-rounds --rounds=100"})
final class KillRounds extends FaultRun {

  private static final int LARGEST_PAUSE_MS = 3000;

  @Option(names = "--rounds", defaultValue = "10", description = "Kills (default: 10).")
  private int rounds;

  @Option(
      names = "--minutes",
      defaultValue = "600",
      description = "No further round begins after this time (default: ${DEFAULT-VALUE}).")
  private int minutes;

  private int done;
  private final Durations recovery = new Durations();
  private final Map<String, Integer> kills = new TreeMap<>();

  @Override
  void disturb(Installation installation, DeliveryLedger ledger, Random random) throws Exception {
    List<RoleProcess> roles = installation.roles();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    for (int round = 1; round <= rounds && System.nanoTime() < end; round++) {
      ledger.read(Duration.ofMillis(500 + random.nextInt(LARGEST_PAUSE_MS)));
      RoleProcess victim = roles.get(random.nextInt(roles.size()));
      long millis = kill(victim, ledger, random);
      recovery.add(millis);
      done++;
      say(
          "round %d of %d: %s back after %d ms; published %d, scored %d"
              .formatted(
                  round,
                  rounds,
                  victim.name(),
                  millis,
                  ledger.count("frames"),
                  ledger.count("scores")));
    }
  }

  /** Kills at once, starts again, and waits until it takes part. */
  private long kill(RoleProcess victim, DeliveryLedger ledger, Random random) throws Exception {
    victim.kill();
    kills.merge(victim.name(), 1, Integer::sum);
    long killed = System.nanoTime();
    ledger.read(Duration.ofMillis(random.nextInt(LARGEST_PAUSE_MS)));
    victim.start();
    while (!victim.ready()) {
      ledger.read(Duration.ofMillis(200));
      Installation.check(victim);
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
  }

  @Override
  Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>(recovery.figures("recovery"));
    figures.put("rounds", (double) done);
    return figures;
  }

  @Override
  Map<String, Object> config() {
    return Map.of("rounds", rounds, "kills", kills);
  }
}
