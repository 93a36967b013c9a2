package io.dynadiff.tests.faults;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The runs that do something to roles and brokers and count what came of every frame. */
@Command(
    name = "tests/faults/run",
    mixinStandardHelpOptions = true,
    description = "Do something to roles and brokers under load, and count what came of it.",
    synopsisSubcommandLabel = "RUN",
    subcommands = {
      KillRounds.class,
      BrokerRestarts.class,
      Stalls.class,
      Scaling.class,
      Standby.class,
      DiskFull.class,
      MissingReplicas.class,
      Upgrade.class,
      Soak.class,
      Count.class
    })
final class Faults {

  private Faults() {}

  /** Runs one. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Faults()).execute(arguments));
  }
}
