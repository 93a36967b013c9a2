package io.dynadiff.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.topics.Topic;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** All four roles in a process of their own, which is killed without warning. */
@Tag("slow")
class RolesKilledTest {

  private static final Duration LIMIT = Duration.ofMinutes(4);

  @TempDir private Path directory;
  private TestBroker broker;
  private Process process;
  private int metricsPort;

  @BeforeEach
  void start() throws IOException {
    UntrainedBundle.write(directory.resolve("bundle"), Samples.SYSTEM, TestBroker.SHAPE, 1);
    broker = new TestBroker();
    try (ServerSocket free = new ServerSocket(0)) {
      metricsPort = free.getLocalPort();
    }
    process = startProcess();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
    broker.close();
  }

  @Test
  void shouldForecastAndScoreEveryFrameOnceWhenTheProcessIsKilled() throws Exception {
    broker.publishAll(0, 20);
    awaitScores(30);
    process.destroyForcibly().waitFor();
    broker.publishAll(20, 40);
    process = startProcess();
    awaitScores(80);
    process.destroyForcibly().waitFor();
    process = startProcess();
    broker.publishAll(40, 50);
    awaitScores(150);
    broker.assertAccounted(150);
    assertObserved();

    process.destroy();
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("status of a clean end on a signal").isZero();
  }

  /** Since its last start the process has admitted and scored at least the last frames. */
  private void assertObserved() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    await().atMost(LIMIT).until(() -> get("/health/ready").statusCode() == 200);
    assertThat(get("/metrics").body().lines())
        .anyMatch(line -> line.startsWith("dynadiff_frames_admitted_total{system="))
        .anyMatch(line -> line.startsWith("dynadiff_forecasts_total{system="))
        .anyMatch(line -> line.startsWith("dynadiff_scores_total{system="))
        .anyMatch(line -> line.startsWith("dynadiff_weights_version{environment=\"a\""))
        .anyMatch(line -> line.startsWith("dynadiff_rollout_seconds_bucket"))
        .anyMatch(line -> line.matches("kafka_consumer_fetch_manager_records_lag.*generate.*"))
        .anyMatch(line -> line.matches("kafka_consumer_fetch_manager_records_lag.*forecast.*"))
        .anyMatch(line -> line.startsWith("kafka_stream_alive_stream_threads"))
        .anyMatch(line -> line.startsWith("dynadiff_role_ready{role=\"generate\"} 1.0"));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private void awaitScores(int atLeast) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .failFast("the process has ended", () -> !process.isAlive())
        .untilAsserted(
            () ->
                assertThat(broker.read(Topic.SCORES, ForecastScore.class))
                    .hasSizeGreaterThanOrEqualTo(atLeast));
  }

  private Process startProcess() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-Xmx600m", "-Dai.djl.offline=true"));
    command.addAll(List.of("-cp", classPath(), Child.class.getName()));
    command.addAll(List.of("--bootstrap-servers", broker.kafka().bootstrapServers()));
    command.addAll(List.of("--schema-registry", broker.kafka().schemaRegistryUrl()));
    command.addAll(List.of("--partitions", Integer.toString(TestBroker.PARTITIONS)));
    command.addAll(List.of("--bundles", directory.resolve("bundle").toString()));
    command.addAll(List.of("--state-dir", directory.resolve("state").toString()));
    command.addAll(List.of("--metrics-port", Integer.toString(metricsPort)));
    return new ProcessBuilder(command).inheritIO().start();
  }

  /** Surefire names the class path of the tests in a property of its own. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The process that is killed. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) {
      System.exit(new CommandLine(new RolesCommand.Run()).execute(arguments));
    }
  }
}
