package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.cli.bench.measure.ProcessorTime;
import io.dynadiff.cli.bench.measure.Quantiles;
import io.dynadiff.cli.bench.measure.ThreadTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How many environments at one frame per second each get a forecast of all leads for every frame,
 * with a flat lag, broker and all roles in one process.
 *
 * <pre>
 *   frames/s             ______________________
 *               ________/
 *              / joining  | settling | held: judged
 * </pre>
 */
final class SustainedPart implements BenchPart {

  private static final long PERIOD_MILLIS = 1000;
  private static final long TICK_MILLIS = 50;
  private static final int WINDOW_SECONDS = 12;
  private static final double RESOLUTION = 0.1;

  /** Environments seldom all begin in the same second. */
  private static final double JOINS_PER_SECOND = 10;

  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(3);

  private final int fixed;
  private final int holdSeconds;
  private final int largest;

  /**
   * @param fixed environments that are held without a search; 0 to search
   * @param holdSeconds how long the final level is held
   * @param largest no more environments are tried
   */
  SustainedPart(int fixed, int holdSeconds, int largest) {
    this.fixed = fixed;
    this.holdSeconds = holdSeconds;
    this.largest = largest;
  }

  @Override
  public String name() {
    return "sustained";
  }

  private static int tryingSeconds(BenchRun run) {
    return run.sized(10, 30);
  }

  private int heldSeconds(BenchRun run) {
    return run.sized(10, holdSeconds);
  }

  private int most(BenchRun run) {
    return run.sized(16, largest);
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    int trials = fixed > 0 || run.quick() ? 1 : 7;
    return 15 + heldSeconds(run) + trials * (tryingSeconds(run) + most(run) / JOINS_PER_SECOND / 2);
  }

  @Override
  public void measure(BenchRun run) throws Exception {
    Map<String, Object> configuration = new TreeMap<>();
    configuration.put("periodMs", PERIOD_MILLIS);
    configuration.put("joinsPerSecond", JOINS_PER_SECOND);
    configuration.put("triedSeconds", tryingSeconds(run));
    configuration.put("heldSeconds", heldSeconds(run));
    configuration.put("largestTried", most(run));
    configuration.put("fixedEnvironments", fixed);
    configuration.put("settings", run.settings());
    run.configure(name(), configuration);
    Trajectories trajectories = new Trajectories();
    int[] trials = new int[1];
    try (LiveSystem system = LiveSystem.start(run)) {
      int level =
          fixed > 0
              ? fixed
              : LevelSearch.largest(
                  run.sized(8, 64),
                  most(run),
                  RESOLUTION,
                  n -> {
                    run.within(0.1 * Math.min(5, trials[0]++));
                    return hold(system, trajectories, n, tryingSeconds(run)).verdict.sustained();
                  });
      Held held = null;
      // What was carried for a while may not be for longer: less is tried until it is.
      while (level > 0 && held == null) {
        run.within(0.5);
        Held last = hold(system, trajectories, level, heldSeconds(run));
        if (last.verdict.sustained() || fixed > 0) {
          held = last;
        } else {
          level = (int) Math.floor((1 - RESOLUTION) * level);
        }
      }
      if (held == null) {
        throw new IllegalStateException("bench: expected to sustain one environment, found none");
      }
      put(run, level, held);
    }
  }

  /**
   * @param seconds how long
   * @param byPurpose processor time while it was held, nanoseconds by what threads are there for
   */
  private record Held(
      LoadSample.Verdict verdict,
      Quantiles delays,
      int seconds,
      double processorsUsed,
      Map<String, Long> byPurpose) {}

  private Held hold(LiveSystem system, Trajectories trajectories, int environments, int seconds)
      throws InterruptedException {
    Observations seen = system.observations();
    long decidedBefore = seen.decided();
    long joinMillis = (long) (1000 * environments / JOINS_PER_SECOND);
    // Every level is a run of its own, in which each environment asks for an expert once.
    LiveFeed.Plan plan =
        new LiveFeed.Plan(
            "level-" + environments + "-" + System.nanoTime(),
            environments,
            PERIOD_MILLIS,
            joinMillis,
            TICK_MILLIS,
            0);
    long forecastsBefore = seen.forecasts();
    long scoresBefore = seen.scores();
    LoadSample.Verdict verdict;
    Held held;
    try (LiveFeed feed = LiveFeed.start(system.connection(), system.topics(), trajectories, plan)) {
      awaitSettled(system, joinMillis, decidedBefore + environments);
      seen.clear();
      feed.takeLatenessMillis();
      List<LoadSample> samples = new ArrayList<>();
      long processorBefore = ProcessorTime.nanos();
      ThreadTimes threadsBefore = ThreadTimes.now();
      long start = System.nanoTime();
      while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
        system.awaitAtMost(Duration.ofMillis(500), () -> feed.failure().isPresent());
        samples.add(
            new LoadSample(
                (System.nanoTime() - start) / 1e9,
                feed.published(),
                seen.forecasts() - forecastsBefore,
                seen.scores() - scoresBefore));
      }
      feed.failure()
          .ifPresent(
              failure -> {
                throw new IllegalStateException("bench: the feed has failed", failure);
              });
      double used =
          (double) (ProcessorTime.nanos() - processorBefore) / (System.nanoTime() - start);
      Map<String, Long> byPurpose = ThreadTimes.now().since(threadsBefore);
      List<Double> delays = seen.seenMillis();
      Quantiles quantiles = Quantiles.of(delays.isEmpty() ? List.of(1000.0 * seconds) : delays);
      verdict =
          LoadSample.judge(
              1000.0 * environments / PERIOD_MILLIS,
              samples,
              quantiles.at(0.95),
              feed.takeLatenessMillis());
      held = new Held(verdict, quantiles, seconds, used, byPurpose);
    }
    awaitDrained(system);
    return held;
  }

  /** Until every environment has had its first window and what was asked for it is decided. */
  private static void awaitSettled(LiveSystem system, long joinMillis, long decided)
      throws InterruptedException {
    system.awaitAtMost(Duration.ofMillis(joinMillis + 1000L * WINDOW_SECONDS), () -> false);
    system.awaitAtMost(SETTLE_LIMIT, () -> system.observations().decided() >= decided);
  }

  /** Until nothing more is scored: what is on its way must not be counted for the next level. */
  private static void awaitDrained(LiveSystem system) throws InterruptedException {
    long scores = -1;
    while (system.observations().scores() > scores) {
      scores = system.observations().scores();
      system.awaitAtMost(Duration.ofSeconds(3), () -> false);
    }
  }

  private static void put(BenchRun run, int level, Held held) {
    run.figures().put("sustained.environments", level);
    run.figures().put("sustained.heldSeconds", held.seconds);
    run.figures().put("sustained.isSustained", held.verdict.sustained() ? 1 : 0);
    run.figures().put("sustained.forecastLagFrames", held.verdict.forecastLagFrames());
    run.figures().put("sustained.forecastLagGrowth", held.verdict.forecastLagGrowth());
    run.figures().put("sustained.scoreLagGrowth", held.verdict.scoreLagGrowth());
    run.figures().put("sustained.feedLatenessMs", held.verdict.latenessMillis());
    run.figures().put("sustained.frame-to-forecast.p50Ms", held.delays.at(0.5));
    run.figures().put("sustained.frame-to-forecast.p95Ms", held.delays.at(0.95));
    run.figures().put("sustained.frame-to-forecast.p99Ms", held.delays.at(0.99));
    run.figures().put("sustained.processorsUsed", held.processorsUsed);
    // Per forecast that came, which after a slow start are more than frames.
    double forecasts = held.delays.count();
    run.figures()
        .put(
            "sustained.processorMillisPerFrame",
            1000 * held.processorsUsed * held.seconds / forecasts);
    held.byPurpose.forEach(
        (purpose, nanos) ->
            run.figures()
                .put(
                    "sustained.processor." + purpose + ".millisPerFrame", nanos / 1e6 / forecasts));
  }
}
