package io.dynadiff.producers.simulate;

import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.simulation.SimulatedSeries;
import io.dynadiff.physics.simulation.SimulatedSystem;
import io.dynadiff.producers.command.FeedCommand;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Option;

/** Publishes one simulated feed whose conditions follow a schedule; a subclass names the system. */
abstract class SimulatedFeedCommand extends FeedCommand {

  @Option(
      names = "--environment",
      paramLabel = "ID",
      description = "Environment of the feed, the record key (default: the system's name/feed).")
  private String environment;

  @Option(
      names = "--schedule",
      paramLabel = "SCHEDULE",
      description =
          "Conditions from which frame on, FRAME:NAME=VALUE[:NAME=VALUE...], comma-separated;"
              + " what is not named stays as it is (default: see the example).")
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

  /** The system to simulate. */
  abstract SimulatedSystem<?> system();

  /** The schedule where nobody gives one. */
  abstract String standardSchedule();

  @Override
  protected final Series open() {
    if (frames != null && frames < 1) {
      throw new IllegalArgumentException("--frames: expected at least 1, found " + frames);
    }
    if (environment != null && environment.isBlank()) {
      throw new IllegalArgumentException("--environment: expected an id, found a blank one");
    }
    return new Series(List.of(series(system())), () -> {});
  }

  private <S> SimulatedSeries<S> series(SimulatedSystem<S> system) {
    return new SimulatedSeries<>(
        environment == null ? system.name() + "/feed" : environment,
        system,
        ScheduleText.parse(
            schedule == null ? standardSchedule() : schedule, system.conditionNames()),
        seed,
        startMillis(),
        SimulatedSystems.intervalMillis(system.name()),
        frames == null ? Long.MAX_VALUE : frames);
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
