package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.schemas.kafka.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * From {@code ./dynadiff run} to its first forecast, while frames come in all the time: on nothing,
 * after it was ended in order, and after {@code kill -9}.
 */
final class StartUpPart implements BenchPart {

  private static final int ENVIRONMENTS = 8;
  private static final long PERIOD_MILLIS = 200;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final long LOOK_MILLIS = 10;

  /** Long enough for every environment to have an expert of its own. */
  private static final int WORKING_SECONDS = 15;

  /** A forecast that comes within this time of its frame is no longer late. */
  private static final long CAUGHT_UP_MILLIS = 1000;

  private final int repetitions;

  StartUpPart(int repetitions) {
    this.repetitions = repetitions;
  }

  @Override
  public String name() {
    return "start-up";
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    return 90.0 * run.sized(1, repetitions);
  }

  @Override
  public void measure(BenchRun run) throws Exception {
    int measured = run.sized(1, repetitions);
    run.configure(
        name(),
        new TreeMap<>(
            Map.of(
                "repetitions", measured,
                "environments", ENVIRONMENTS,
                "periodMs", PERIOD_MILLIS,
                "settings", run.settings())));
    Map<String, List<Double>> millis = new TreeMap<>();
    for (int repetition = 0; repetition < measured; repetition++) {
      repeat(run, millis);
      run.within((repetition + 1.0) / measured);
    }
    millis.forEach((what, values) -> run.figures().putSpread(what + "Ms", values));
  }

  private static void repeat(BenchRun run, Map<String, List<Double>> millis) throws Exception {
    Path state = Files.createTempDirectory(run.work(), "state-");
    LiveFeed.Plan plan =
        new LiveFeed.Plan("start-up", ENVIRONMENTS, PERIOD_MILLIS, PERIOD_MILLIS, 10, 0);
    try (EmbeddedKafka kafka = LiveSystem.kafka(run)) {
      KafkaConnection connection = LiveSystem.connection(kafka, run);
      try (LiveFeed feed = LiveFeed.start(connection, kafka.topics(), new Trajectories(), plan);
          TopicReader reader = TopicReader.start(connection, kafka.topics())) {
        try (RunProcess cold = start(run, kafka, state)) {
          add(millis, "start-up.cold.firstForecast", untilForecast(cold, reader));
          work(cold);
          cold.end();
        }
        try (RunProcess warm = start(run, kafka, state)) {
          add(millis, "start-up.warm.firstForecast", untilForecast(warm, reader));
          work(warm);
          warm.kill();
        }
        try (RunProcess recovered = start(run, kafka, state)) {
          long killed = recovered.startedAtMillis();
          add(millis, "recovery.firstForecast", untilForecast(recovered, reader));
          add(millis, "recovery.caughtUp", untilCaughtUp(recovered, reader) - killed);
        }
        feed.failure()
            .ifPresent(
                failure -> {
                  throw new IllegalStateException("bench: the feed has failed", failure);
                });
      }
    }
  }

  private static RunProcess start(BenchRun run, EmbeddedKafka kafka, Path state) throws Exception {
    return RunProcess.start(run, kafka.bootstrapServers(), kafka.schemaRegistryUrl(), state);
  }

  private static void work(RunProcess process) throws Exception {
    TimeUnit.SECONDS.sleep(WORKING_SECONDS);
    process.check();
  }

  /** Milliseconds from the start of the process to the first forecast seen after it. */
  private static double untilForecast(RunProcess process, TopicReader reader) throws Exception {
    // Forecasts of an earlier process were all seen before this one was started.
    long before = reader.observations().forecasts();
    long now;
    do {
      now = look(process, reader);
    } while (reader.observations().forecasts() == before);
    return now - process.startedAtMillis();
  }

  /** Wall-clock time at which the newest forecast is of a frame that has only just come. */
  private static long untilCaughtUp(RunProcess process, TopicReader reader) throws Exception {
    long now;
    do {
      now = look(process, reader);
    } while (now - reader.observations().newestIngestMillis() > CAUGHT_UP_MILLIS);
    return now;
  }

  private static long look(RunProcess process, TopicReader reader) throws Exception {
    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    process.check();
    reader
        .failure()
        .ifPresent(
            failure -> {
              throw new IllegalStateException("bench: the reader has failed", failure);
            });
    long now = System.currentTimeMillis();
    if (now - process.startedAtMillis() > LIMIT.toMillis()) {
      throw new IllegalStateException(
          "bench: expected a forecast within " + LIMIT + " of the start, found none");
    }
    return now;
  }

  private static void add(Map<String, List<Double>> millis, String what, double value) {
    millis.computeIfAbsent(what, w -> new ArrayList<>()).add(value);
  }
}
