package io.dynadiff.producers.simulate;

import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.producers.command.FeedCommand;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Publishes one Lambda-Omega feed whose beta follows a schedule. */
@Command(
    name = "lambda-omega",
    mixinStandardHelpOptions = true,
    description = "Publish a Lambda-Omega feed; a frame every 200 ms of event time.",
    footer = {
      "",
      "Example:",
      "  dynadiff simulate lambda-omega \\",
      "    --schedule 0:beta=1.1,150:beta=1.4 --frames 600"
    })
public final class SimulateLambdaOmegaCommand extends FeedCommand {

  @Option(
      names = "--environment",
      defaultValue = "lambda-omega/feed",
      paramLabel = "ID",
      description = "Environment of the feed, the record key (default: ${DEFAULT-VALUE}).")
  private String environment;

  @Option(
      names = "--schedule",
      defaultValue = "0:beta=1.1",
      paramLabel = "SCHEDULE",
      description =
          "beta from which frame on, like 0:beta=1.1,150:beta=1.4 (default: ${DEFAULT-VALUE}).")
  private String schedule;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Number of frames of the run (default: until Ctrl-C).")
  private Long frames;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the initial field (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--start",
      defaultValue = "2000-01-01T00:00:00Z",
      paramLabel = "TIME",
      description =
          "Event time of frame 0; fixed, so that a run can be continued"
              + " (default: ${DEFAULT-VALUE}).")
  private String start;

  @Override
  protected Series open() {
    if (frames != null && frames < 1) {
      throw new IllegalArgumentException("--frames: expected at least 1, found " + frames);
    }
    if (environment.isBlank()) {
      throw new IllegalArgumentException("--environment: expected an id, found a blank one");
    }
    BetaSchedule betas = ScheduleText.parse(schedule);
    LambdaOmegaEnvironments system = LambdaOmegaEnvironments.standard();
    LambdaOmegaSeries series =
        new LambdaOmegaSeries(
            environment,
            system.parameters(),
            betas,
            seed,
            startMillis(),
            system.intervalMillis(),
            frames == null ? Long.MAX_VALUE : frames);
    return new Series(List.of(series), () -> {});
  }

  private long startMillis() {
    try {
      return Instant.parse(start).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--start: expected a time like 2000-01-01T00:00:00Z, found '" + start + "'", e);
    }
  }
}
