package io.dynadiff.producers.simulate;

import io.dynadiff.physics.vorticity.KolmogorovFlow;
import picocli.CommandLine.Command;

/** Publishes one Kolmogorov flow feed whose Reynolds number follows a schedule. */
@Command(
    name = "kolmogorov-flow",
    mixinStandardHelpOptions = true,
    description =
        "Publish a Kolmogorov flow (vorticity, in other forms velocity, too); a frame every 200 ms of"
            + " event time.",
    footer = {
      "",
      "Example:",
      "  dynadiff simulate kolmogorov-flow \\",
      "    --schedule 0:reynolds=100,150:reynolds=200 --frames 600",
      "",
      "Without a schedule: 0:reynolds=100"
    })
public final class SimulateKolmogorovFlowCommand extends SimulatedFeedCommand {

  @Override
  String systemName() {
    return KolmogorovFlow.SYSTEM;
  }

  @Override
  String standardSchedule() {
    return "0:reynolds=100";
  }
}
