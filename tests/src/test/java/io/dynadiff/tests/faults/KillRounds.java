package io.dynadiff.tests.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Round after round one process, chosen at random, is killed with SIGKILL at a random moment and
 * started again. A run that was interrupted goes on in the same directory, on the broker's data and
 * the roles' state that lie there: to them it was one more kill, of everything at once.
 */
@Command(
    name = "kill-rounds",
    mixinStandardHelpOptions = true,
    description = {
      "Kill random roles under load, and count what came of every frame.",
      "Interrupted, it goes on with the next round when it is given the same --work-dir."
    },
    footer = {"", "Example:", "  tests/faults/run kill-rounds --rounds=100 --work-dir=kills"})
final class KillRounds extends FaultRun {

  private static final int LARGEST_PAUSE_MS = 3000;

  @Option(names = "--rounds", defaultValue = "10", description = "Kills (default: 10).")
  private int rounds;

  @Option(
      names = "--minutes",
      defaultValue = "600",
      description = "No further round begins after this time (default: ${DEFAULT-VALUE}).")
  private int minutes;

  private KillProgress progress;

  @Override
  void prepare() throws IOException {
    progress = KillProgress.read(options.directory, options.setup());
    if (progress.rounds() > 0) {
      say("goes on after round %d".formatted(progress.rounds()));
    }
  }

  @Override
  void disturb(Installation installation, DeliveryLedger ledger) throws Exception {
    List<RoleProcess> roles = installation.roles();
    long started = System.nanoTime();
    double earlier = progress.seconds();
    int first = progress.rounds() + 1;
    for (int round = first; round <= rounds; round++) {
      double seconds = (System.nanoTime() - started) / 1e9;
      if (seconds > TimeUnit.MINUTES.toSeconds(minutes)) {
        break;
      }
      // Each round has a beginning of its own, so that it does not matter where a run stopped.
      Random random = new Random(options.seed * 1_000_003 + round);
      ledger.read(Duration.ofMillis(500 + random.nextInt(LARGEST_PAUSE_MS)));
      RoleProcess victim = roles.get(random.nextInt(roles.size()));
      long millis = kill(victim, ledger, random);
      seconds = (System.nanoTime() - started) / 1e9;
      progress = after(victim, millis, earlier + seconds, round == first);
      progress.write(options.directory);
      double left = seconds / (round - first + 1) * (rounds - round);
      say(
          "round %d of %d: %s back after %d ms; published %d, scored %d; about %.0f min left"
              .formatted(
                  round,
                  rounds,
                  victim.name(),
                  millis,
                  ledger.count("frames"),
                  ledger.count("scores"),
                  left / 60));
    }
  }

  private KillProgress after(
      RoleProcess victim, long recoveryMillis, double seconds, boolean first) {
    List<Long> recovery = new ArrayList<>(progress.recoveryMillis());
    recovery.add(recoveryMillis);
    Map<String, Integer> kills = new TreeMap<>(progress.kills());
    kills.merge(victim.name(), 1, Integer::sum);
    return new KillProgress(
        progress.setup(),
        progress.rounds() + 1,
        progress.sessions() + (first ? 1 : 0),
        seconds,
        recovery,
        kills);
  }

  /** Kills at once, starts again, and waits until it takes part. */
  private long kill(RoleProcess victim, DeliveryLedger ledger, Random random) throws Exception {
    victim.kill();
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
    Durations recovery = new Durations();
    progress.recoveryMillis().forEach(recovery::add);
    Map<String, Double> figures = new TreeMap<>(recovery.figures("recovery"));
    figures.put("rounds", (double) progress.rounds());
    figures.put("sessions", (double) progress.sessions());
    figures.put("roundsSeconds", progress.seconds());
    return figures;
  }

  @Override
  Map<String, Object> config() {
    return Map.of("rounds", rounds, "kills", progress.kills());
  }
}
