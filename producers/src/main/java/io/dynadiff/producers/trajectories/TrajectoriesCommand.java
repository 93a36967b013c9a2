package io.dynadiff.producers.trajectories;

import io.dynadiff.commands.CommandReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Groups the commands around the trajectory store. */
@Command(
    name = "trajectories",
    mixinStandardHelpOptions = true,
    description = "Keep trajectories in a store on disk, simulated or recorded, and look into one.",
    subcommands = {
      WriteTrajectoriesCommand.class,
      ImportTrajectoriesCommand.class,
      RecordTrajectoriesCommand.class,
      ListTrajectoriesCommand.class,
      InspectTrajectoriesCommand.class,
      VerifyTrajectoriesCommand.class
    },
    footer = {
      "",
      "Example:",
      "  dynadiff trajectories write lambda-omega --environments seen --output store"
    })
public final class TrajectoriesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return CommandReport.report(
        spec,
        new IllegalArgumentException(
            "expected one of " + String.join(", ", spec.subcommands().keySet())),
        CommandReport.REFUSED);
  }
}
