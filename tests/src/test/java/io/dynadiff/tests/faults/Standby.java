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
 * Roles keep copies of each other's stores. One process of a role is killed with SIGKILL and stays
 * dead until another has taken over every environment; then it comes back.
 */
@Command(
    name = "standby",
    mixinStandardHelpOptions = true,
    description = "Kill a process whose standby must take over, and count what came of it.",
    footer = {
      "",
      "Examples, and what it is compared with:",
      "  tests/faults/run standby --rounds=4",
      "  tests/faults/run standby --rounds=4 --standbys=0"
    })
final class Standby extends FaultRun {

  /** Kafka counts what a task restores only where it is asked for more than is usual. */
  private static final String COUNTED = "kafka.client.metrics.recording.level=DEBUG";

  private static final Duration TAKEOVER_LIMIT = Duration.ofMinutes(10);

  /** Series of new tasks are looked for once a minute. */
  private static final Duration SERIES_APPEAR = Duration.ofSeconds(70);

  /** What each role writes of every frame. */
  private static final Map<String, String> OUTPUT =
      Map.of("adapt", "frames.admitted", "forecast", "forecasts", "verify", "scores");

  @Option(names = "--rounds", defaultValue = "4", description = "Kills (default: 4).")
  private int rounds;

  @Option(
      names = "--roles",
      split = ",",
      defaultValue = "forecast,verify",
      description = "Roles to kill in turn, of two processes each (default: ${DEFAULT-VALUE}).")
  private List<String> roles;

  @Option(
      names = "--standbys",
      defaultValue = "1",
      description = "Copies of each store; 0 to compare with none (default: ${DEFAULT-VALUE}).")
  private int standbys;

  private final Durations takeover = new Durations();
  private double restored;

  @Override
  void prepare() {
    for (String role : roles) {
      if (!OUTPUT.containsKey(role)) {
        throw new IllegalArgumentException(
            "--roles: expected of %s, found %s".formatted(OUTPUT.keySet(), role));
      }
      options.instances.merge(role, 2, Math::max);
    }
    options.settings.add("kafka.client.num.standby.replicas=" + standbys);
    options.settings.add(COUNTED);
  }

  @Override
  void disturb(Installation installation, DeliveryLedger ledger) throws Exception {
    Random random = new Random(options.seed);
    // Copies are worth something only of stores that hold something.
    ledger.awaitGrowth("scores", 20L * options.environments, TAKEOVER_LIMIT);
    for (int round = 1; round <= rounds; round++) {
      String role = roles.get((round - 1) % roles.size());
      List<RoleProcess> candidates =
          installation.roles().stream().filter(p -> p.name().startsWith(role + "-")).toList();
      RoleProcess victim = candidates.get(random.nextInt(candidates.size()));
      double restoredBefore = restored(candidates, victim);
      victim.kill();
      long killed = System.nanoTime();
      ledger.read(Duration.ofMillis(1));
      ledger.awaitAllEnvironments(OUTPUT.get(role), TAKEOVER_LIMIT);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
      takeover.add(millis);
      ledger.read(SERIES_APPEAR);
      restored = Math.max(restored, restored(candidates, victim) - restoredBefore);
      victim.start();
      installation.awaitReady(victim);
      ledger.read(Duration.ofSeconds(5));
      say(
          "round %d of %d: %s taken over after %d ms; published %d, scored %d"
              .formatted(
                  round,
                  rounds,
                  victim.name(),
                  millis,
                  ledger.count("frames"),
                  ledger.count("scores")));
    }
  }

  /** Records that the others have read back from changelogs for tasks that they have now. */
  private static double restored(List<RoleProcess> candidates, RoleProcess victim)
      throws Exception {
    double sum = 0;
    for (RoleProcess other : candidates) {
      sum += other == victim ? 0 : other.metric("kafka_stream_task_restore_total");
    }
    return sum;
  }

  @Override
  String variant() {
    return standbys == 0 ? "-without" : "";
  }

  @Override
  Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>(takeover.figures("killToAllEnvironments"));
    figures.put("rounds", (double) rounds);
    figures.put("restoredRecordsMax", restored);
    return figures;
  }

  @Override
  Map<String, Object> config() {
    return Map.of("rounds", rounds, "roles", roles, "standbys", standbys);
  }
}
