package io.dynadiff.tests.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Kafka's own standalone Connect worker in a process of its own, configured by the files of {@code
 * examples/connect}. Its jars are those that the module connect-worker gathers.
 */
final class ConnectWorker implements AutoCloseable {

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLES = REPOSITORY.resolve("examples/connect");
  private static final Path JARS = REPOSITORY.resolve("connect-worker/target");
  private static final Pattern LISTENS =
      Pattern.compile("REST server listening at (http://[^/]+:[1-9][0-9]*)/");

  /** To find its plugins takes the worker seconds, but minutes on a busy machine. */
  private static final Duration LIMIT = Duration.ofMinutes(8);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final String url;

  private ConnectWorker(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.url =
        Awaitility.await()
            .atMost(LIMIT)
            .until(
                () -> {
                  assertThat(process.isAlive()).as(() -> "worker runs: " + log()).isTrue();
                  Matcher listens = LISTENS.matcher(log());
                  return listens.find() ? listens.group(1) : "";
                },
                found -> !found.isEmpty());
  }

  /**
   * Starts the worker as documented, from the root of the repository.
   *
   * @param directory an empty one, for its log and its offsets
   * @param other values of worker.properties that differ from the example's, for keys that it has
   */
  static ConnectWorker start(Path directory, Map<String, String> other) throws IOException {
    assertThat(JARS.resolve("worker"))
        .as("the worker's jars; gather them with: mvn -pl connect-worker package")
        .isDirectory();
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(EXAMPLES.resolve("worker.properties"))) {
      properties.load(reader);
    }
    assertThat(properties.stringPropertyNames()).containsAll(other.keySet());
    properties.putAll(other);
    Path file = directory.resolve("worker.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    Path log = directory.resolve("worker.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Duser.timezone=UTC",
                "-cp",
                JARS.resolve("worker") + "/*",
                "org.apache.kafka.connect.cli.ConnectStandalone",
                file.toString())
            .directory(REPOSITORY.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      return new ConnectWorker(process, log);
    } catch (RuntimeException | Error e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /**
   * Returns an example's configuration.
   *
   * @param other values that differ from the example's, for keys that it has
   */
  static ObjectNode example(String name, Map<String, String> other) throws IOException {
    ObjectNode connector = (ObjectNode) JSON.readTree(EXAMPLES.resolve(name).toFile());
    ObjectNode config = (ObjectNode) connector.get("config");
    other.forEach(
        (key, value) -> {
          assertThat(config.has(key)).as("%s says %s", name, key).isTrue();
          config.put(key, value);
        });
    return connector;
  }

  /** Creates a connector, as the documented curl does, and waits until all its tasks run. */
  void create(ObjectNode connector) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url + "/connectors"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(connector.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String name = connector.get("name").asText();
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(states(name)).hasSizeGreaterThan(1).containsOnly("RUNNING"));
  }

  /** What the worker says of a connector and its tasks; a failure stands in the log. */
  List<String> states(String name) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url + "/connectors/" + name + "/status")).build(),
            HttpResponse.BodyHandlers.ofString());
    JsonNode status = JSON.readTree(answer.body());
    return status.findValuesAsText("state");
  }

  /** All it has said so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
