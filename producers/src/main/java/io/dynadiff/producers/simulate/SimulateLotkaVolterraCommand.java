package io.dynadiff.producers.simulate;

import io.dynadiff.physics.lotkavolterra.LotkaVolterraSolver;
import picocli.CommandLine.Command;

/** Publishes one Lotka-Volterra feed whose beta and delta follow a schedule. */
@Command(
    name = "lotka-volterra",
    mixinStandardHelpOptions = true,
    description =
        "Publish prey and predators of Lotka-Volterra; a frame every 100 ms of event time.",
    footer = {
      "",
      "Example:",
      "  dynadiff simulate lotka-volterra \\",
      "    --schedule 0:beta=0.5:delta=0.5,150:delta=1 --frames 600",
      "",
      "Without a schedule: 0:beta=0.75:delta=0.75"
    })
public final class SimulateLotkaVolterraCommand extends SimulatedFeedCommand {

  @Override
  String systemName() {
    return LotkaVolterraSolver.SYSTEM;
  }

  @Override
  String standardSchedule() {
    return "0:beta=0.75:delta=0.75";
  }
}
