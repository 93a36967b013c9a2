package io.dynadiff.producers.simulate;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Groups the systems that can be simulated. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Publish a simulated feed whose conditions may change on the way.",
    subcommands = {
      SimulateLambdaOmegaCommand.class,
      SimulateKolmogorovFlowCommand.class,
      SimulateNavierStokesCommand.class,
      SimulateLotkaVolterraCommand.class,
      SimulateCylinderFlowCommand.class
    },
    footer = {
      "",
      "Example:",
      "  dynadiff simulate lambda-omega \\",
      "    --schedule 0:beta=1.1,150:beta=1.4 --frames 600"
    })
public final class SimulateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine()
        .getErr()
        .println(
            spec.qualifiedName(" ")
                + ": expected a system to simulate: "
                + String.join(", ", spec.subcommands().keySet()));
    spec.commandLine().getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }
}
