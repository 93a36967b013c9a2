package io.dynadiff.producers.simulate;

import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.simulation.ConditionSchedule;
import io.dynadiff.physics.simulation.SimulatedSeries;
import io.dynadiff.physics.simulation.SimulatedSystem;
import io.dynadiff.producers.command.FeedCommand;
import io.dynadiff.producers.feed.SpinUpLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
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

  @Option(
      names = "--form",
      defaultValue = SystemForm.LAPTOP,
      paramLabel = "FORM",
      description =
          "What the frames look like and how they are solved: laptop or paper, as bundles of these"
              + " presets expect them, or standard, as trajectories are stored; docs/data.md has the"
              + " numbers (default: ${DEFAULT-VALUE}).")
  private String form;

  private volatile boolean stopped;

  /** Name of the system to simulate. */
  abstract String systemName();

  /** The schedule where nobody gives one. */
  abstract String standardSchedule();

  /** The form with what a system's own options say. */
  SystemForm withOptions(SystemForm given) {
    return given;
  }

  /** Threads to compute on. */
  int threads() {
    return 1;
  }

  /**
   * The schedule with what a system's own options say.
   *
   * @param given whether the user gave the schedule; otherwise it is the standard one
   */
  ConditionSchedule withOptions(ConditionSchedule schedule, boolean given) {
    return schedule;
  }

  @Override
  protected final void stop() {
    stopped = true;
  }

  @Override
  protected final Series open() {
    if (frames != null && frames < 1) {
      throw new IllegalArgumentException("--frames: expected at least 1, found " + frames);
    }
    if (environment != null && environment.isBlank()) {
      throw new IllegalArgumentException("--environment: expected an id, found a blank one");
    }
    SystemForm asked = withOptions(SystemForm.of(systemName(), form));
    SimulatedSystem<?> system = SimulatedSystems.shown(asked, threads());
    return new Series(List.of(series(system, asked.intervalMillis())), () -> {});
  }

  private <S> SimulatedSeries<S> series(SimulatedSystem<S> system, long intervalMillis) {
    ConditionSchedule read =
        ScheduleText.parse(
            schedule == null ? standardSchedule() : schedule, system.conditionNames());
    SpinUpLine line = new SpinUpLine(err(), System.console() != null, System::nanoTime);
    return new SimulatedSeries<>(
        environment == null ? system.name() + "/feed" : environment,
        system,
        withOptions(read, schedule != null),
        seed,
        startMillis(),
        intervalMillis,
        frames == null ? Long.MAX_VALUE : frames,
        (done, whole) -> {
          if (stopped) {
            throw new CancellationException("stopped before the first frame");
          }
          line.progressed(done, whole);
        });
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
