package io.dynadiff.producers.simulate;

import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.simulation.SimulatedSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Publishes one forced Navier-Stokes feed whose force follows a schedule. */
@Command(
    name = "navier-stokes",
    mixinStandardHelpOptions = true,
    description =
        "Publish a forced Navier-Stokes flow (vorticity, velocity); a frame every 25 ms of event time.",
    footer = {
      "",
      "Example:",
      "  dynadiff simulate navier-stokes \\",
      "    --schedule 0:amplitude=0.2:shift=0,150:shift=0.3 --frames 600",
      "",
      "Without a schedule: 0:amplitude=0.2:shift=0"
    })
public final class SimulateNavierStokesCommand extends SimulatedFeedCommand {

  @Option(
      names = "--viscosity",
      paramLabel = "NU",
      description =
          "Viscosity, above 0; 0.001 keeps the flow moving (default: 0.01, the paper's, at which it"
              + " comes to rest).")
  private Double viscosity;

  @Override
  SimulatedSystem<?> system() {
    return viscosity == null
        ? SimulatedSystems.navierStokes()
        : SimulatedSystems.navierStokes(viscosity);
  }

  @Override
  String standardSchedule() {
    return "0:amplitude=0.2:shift=0";
  }
}
