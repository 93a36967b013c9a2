package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.cli.bench.measure.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From frame to forecast, and from a complete window to new weights in use, everything in one
 * process. Environments begin a new run, with other dynamics, every few frames, so that experts are
 * swapped all the time.
 */
final class LatencyPart implements BenchPart {

  /** Two frames more than a window, so that each run is forecast with its own expert, too. */
  private static final int FRAMES_PER_RUN = 12;

  private static final long PERIOD_MILLIS = 1000;
  private static final long TICK_MILLIS = 10;

  private final int environments;
  private final int seconds;

  /**
   * @param environments how many, at one frame per second each
   * @param seconds measured, after everything has warmed up
   */
  LatencyPart(int environments, int seconds) {
    this.environments = environments;
    this.seconds = seconds;
  }

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    return 15 + warmUpSeconds(run) + measuredSeconds(run);
  }

  private int measuredSeconds(BenchRun run) {
    return run.sized(30, seconds);
  }

  /** Two runs of every environment: the JVM compiles what a swap needs, too. */
  private static int warmUpSeconds(BenchRun run) {
    return run.sized(15, 45);
  }

  @Override
  public void measure(BenchRun run) throws Exception {
    int warmUp = warmUpSeconds(run);
    int measured = measuredSeconds(run);
    run.configure(
        name(),
        new TreeMap<>(
            Map.of(
                "environments", environments,
                "periodMs", PERIOD_MILLIS,
                "framesPerRun", FRAMES_PER_RUN,
                "warmUpSeconds", warmUp,
                "measuredSeconds", measured,
                "settings", run.settings())));
    LiveFeed.Plan plan =
        new LiveFeed.Plan(
            "latency",
            environments,
            PERIOD_MILLIS,
            // Over a whole run, so that windows are complete one after the other.
            FRAMES_PER_RUN * PERIOD_MILLIS,
            TICK_MILLIS,
            FRAMES_PER_RUN);
    try (LiveSystem system = LiveSystem.start(run);
        LiveFeed feed =
            LiveFeed.start(system.connection(), system.topics(), new Trajectories(), plan)) {
      pass(system, feed, run, warmUp, 0, warmUp + measured);
      system.observations().clear();
      pass(system, feed, run, measured, warmUp, warmUp + measured);
      put(system.observations(), run.figures());
    }
  }

  private static void pass(
      LiveSystem system, LiveFeed feed, BenchRun run, int seconds, int before, int all)
      throws InterruptedException {
    for (int second = 0; second < seconds; second++) {
      system.awaitAtMost(Duration.ofSeconds(1), () -> feed.failure().isPresent());
      if (feed.failure().isPresent()) {
        throw new IllegalStateException("bench: the feed has failed", feed.failure().get());
      }
      run.within((double) (before + second + 1) / all);
    }
  }

  private static void put(Observations observations, Figures figures) {
    figures.putDurations("frame-to-forecast", observations.seenMillis());
    figures.putDurations("frame-to-forecast.computed", observations.issuedMillis());
    List<SwapTrace> swaps = observations.swaps();
    if (swaps.isEmpty()) {
      throw new IllegalStateException(
          "bench: expected swaps within the measured time, found none; is it long enough?");
    }
    Map<String, List<Double>> parts = new TreeMap<>();
    for (SwapTrace swap : swaps) {
      swap.parts()
          .forEach((part, ms) -> parts.computeIfAbsent(part, p -> new ArrayList<>()).add(ms));
    }
    parts.forEach((part, millis) -> figures.putDurations("window-to-swap." + part, millis));
  }
}
