package io.dynadiff.tests.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Processes of a role are added one by one, and ended one by one. */
@Command(
    name = "scaling",
    mixinStandardHelpOptions = true,
    description = "Go from one process of each role to three and back, and count what came of it.",
    footer = {
      "",
      "Example:",
      "  tests/faults/run scaling --instances=adapt=1,generate=1,forecast=1,verify=1"
    })
final class Scaling extends FaultRun {

  @Option(
      names = "--roles",
      split = ",",
      defaultValue = "adapt,forecast,verify",
      description = "Roles to scale (default: ${DEFAULT-VALUE}).")
  private List<String> scaled;

  @Option(
      names = "--more",
      defaultValue = "2",
      description = "Processes to add of each (default: 2).")
  private int more;

  @Override
  void disturb(Installation installation, DeliveryLedger ledger) throws Exception {
    for (String role : scaled) {
      List<RoleProcess> added = new ArrayList<>();
      for (int i = 0; i < more; i++) {
        ledger.read(Duration.ofSeconds(5));
        RoleProcess process = installation.add(role);
        installation.awaitReady(process);
        added.add(process);
      }
      for (RoleProcess process : added) {
        ledger.read(Duration.ofSeconds(5));
        process.end();
      }
      say(
          "%s: %d more and back; published %d, scored %d"
              .formatted(role, more, ledger.count("frames"), ledger.count("scores")));
    }
  }

  @Override
  Map<String, Double> figures() {
    return new TreeMap<>(Map.of("processesAdded", (double) more * scaled.size()));
  }

  @Override
  Map<String, Object> config() {
    return Map.of("roles", scaled, "more", more);
  }
}
