package io.dynadiff.producers.simulate;

import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Publishes one forced Navier-Stokes feed whose force follows a schedule. */
@Command(
    name = "navier-stokes",
    mixinStandardHelpOptions = true,
    description =
        "Publish a forced Navier-Stokes flow (vorticity, in other forms velocity, too); a frame every"
            + " 300 ms of event time, in other forms 25.",
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
          "Viscosity, above 0 (default: the form's; 0.001 of laptop keeps the flow moving, at 0.01 of"
              + " the others it comes to rest).")
  private Double viscosity;

  @Override
  String systemName() {
    return ForcedNavierStokes.SYSTEM;
  }

  @Override
  SystemForm withOptions(SystemForm given) {
    return viscosity == null ? given : given.withSettings(Map.of("viscosity", viscosity));
  }

  @Override
  String standardSchedule() {
    return "0:amplitude=0.2:shift=0";
  }
}
