package io.dynadiff.producers.simulate;

import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import picocli.CommandLine.Command;

/** Publishes one Lambda-Omega feed whose beta follows a schedule. */
@Command(
    name = "lambda-omega",
    mixinStandardHelpOptions = true,
    description = "Publish a Lambda-Omega feed; a frame every 200 ms of event time.",
    footer = {
      "",
      "Example:",
      "  dynadiff simulate lambda-omega \\",
      "    --schedule 0:beta=1.1,150:beta=1.4 --frames 600",
      "",
      "Without a schedule: 0:beta=1.1"
    })
public final class SimulateLambdaOmegaCommand extends SimulatedFeedCommand {

  @Override
  String systemName() {
    return LambdaOmegaSeries.SYSTEM;
  }

  @Override
  String standardSchedule() {
    return "0:beta=1.1";
  }
}
