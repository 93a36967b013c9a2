package io.dynadiff.tests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Everything begins as an earlier version; then one process after the other is ended in good order
 * and started as this version, on the same state, in the order that the guide to operations gives.
 */
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    description = {
      "Go from an earlier version to this one under load, process by process on their state, and"
          + " count what came of it.",
      "The earlier version is a checkout of its own, which its launcher has built."
    },
    footer = {
      "",
      "Example:",
      "  git worktree add /tmp/earlier HEAD~20 && /tmp/earlier/dynadiff --version",
      "  tests/faults/run upgrade --from=/tmp/earlier"
    })
final class Upgrade extends FaultRun {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final List<String> ORDER = List.of("verify", "forecast", "generate", "adapt");

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "Checkout of the earlier version.")
  private Path from;

  private final Durations upgrades = new Durations();
  private String commit;

  @Override
  void prepare() throws IOException {
    from = from.toAbsolutePath().normalize();
    if (!Files.isExecutable(from.resolve("dynadiff"))) {
      throw new IllegalArgumentException(
          from + ": expected a checkout with its launcher dynadiff, found none");
    }
    Process git =
        new ProcessBuilder("git", "-C", from.toString(), "rev-parse", "--short=12", "HEAD").start();
    commit = new String(git.getInputStream().readAllBytes()).strip();
  }

  @Override
  Path firstHome(Path home) {
    return from;
  }

  @Override
  void disturb(Installation installation, DeliveryLedger ledger) throws Exception {
    for (String role : ORDER) {
      for (RoleProcess process : installation.roles()) {
        if (process.name().startsWith(role + "-")) {
          ledger.awaitGrowth("scores", 20, LIMIT);
          upgrade(installation, process);
        }
      }
    }
    ledger.awaitGrowth("scores", 20, LIMIT);
    upgradeBroker(installation);
    ledger.awaitAllEnvironments("scores", LIMIT);
    say("all is this version; published %d".formatted(ledger.count("frames")));
  }

  private void upgrade(Installation installation, RoleProcess process) throws Exception {
    long begin = System.nanoTime();
    process.end();
    process.startFrom(installation.home());
    installation.awaitReady(process);
    long millis = (System.nanoTime() - begin) / 1_000_000;
    upgrades.add(millis);
    say("%s is this version after %d ms".formatted(process.name(), millis));
  }

  private static void upgradeBroker(Installation installation) throws Exception {
    installation.broker().end();
    installation.broker().startFrom(installation.home());
    installation.awaitBroker();
  }

  @Override
  Map<String, Double> figures() {
    return new TreeMap<>(upgrades.figures("endToReady"));
  }

  @Override
  Map<String, Object> config() {
    return Map.of("from", commit, "order", ORDER);
  }
}
