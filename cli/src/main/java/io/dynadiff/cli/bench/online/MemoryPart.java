package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.cli.bench.measure.Line;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.schemas.kafka.KafkaConnection;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Memory that a process with all roles holds once so many environments have their experts. */
final class MemoryPart implements BenchPart {

  private static final List<Integer> ENVIRONMENTS = List.of(1, 32, 128, 256);
  private static final long PERIOD_MILLIS = 1000;
  private static final long JOIN_MILLIS_EACH = 100;
  private static final int HELD_SECONDS = 20;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    return environments(run).stream()
        .mapToDouble(n -> 50 + heldSeconds(run) + n * JOIN_MILLIS_EACH / 1000.0)
        .sum();
  }

  private static List<Integer> environments(BenchRun run) {
    return run.quick() ? List.of(1, 8) : ENVIRONMENTS;
  }

  private static int heldSeconds(BenchRun run) {
    return run.sized(3, HELD_SECONDS);
  }

  @Override
  public void measure(BenchRun run) throws Exception {
    List<Integer> environments = environments(run);
    run.configure(
        name(),
        new TreeMap<>(
            Map.of(
                "environments", environments,
                "heldSeconds", heldSeconds(run),
                "settings", run.settings())));
    double[] x = environments.stream().mapToDouble(Integer::doubleValue).toArray();
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = resident(run, environments.get(i));
      run.figures().put("memory.environments-%d.MiB".formatted(environments.get(i)), y[i]);
      run.within((i + 1.0) / x.length);
    }
    Line line = Line.fit(x, y);
    run.figures().put("memory.perEnvironmentMiB", line.slope());
    run.figures().put("memory.withoutEnvironmentsMiB", line.intercept());
    run.figures().put("memory.rSquared", line.rSquared());
  }

  private static double resident(BenchRun run, int environments) throws Exception {
    LiveFeed.Plan plan =
        new LiveFeed.Plan(
            "memory", environments, PERIOD_MILLIS, environments * JOIN_MILLIS_EACH, 50, 0);
    try (EmbeddedKafka kafka = LiveSystem.kafka(run)) {
      KafkaConnection connection = LiveSystem.connection(kafka, run);
      try (TopicReader reader = TopicReader.start(connection, kafka.topics());
          RunProcess process =
              RunProcess.start(
                  run,
                  kafka.bootstrapServers(),
                  kafka.schemaRegistryUrl(),
                  Files.createTempDirectory(run.work(), "state-"));
          LiveFeed feed = LiveFeed.start(connection, kafka.topics(), new Trajectories(), plan)) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (reader.observations().decided() < environments && System.nanoTime() < end) {
          TimeUnit.MILLISECONDS.sleep(100);
          process.check();
          feed.failure()
              .ifPresent(
                  failure -> {
                    throw new IllegalStateException("bench: the feed has failed", failure);
                  });
        }
        if (reader.observations().decided() < environments) {
          throw new IllegalStateException(
              "bench: expected "
                  + environments
                  + " environments to have their experts within "
                  + LIMIT
                  + ", found "
                  + reader.observations().decided());
        }
        TimeUnit.SECONDS.sleep(heldSeconds(run));
        process.check();
        return process.residentMebibytes();
      }
    }
  }
}
