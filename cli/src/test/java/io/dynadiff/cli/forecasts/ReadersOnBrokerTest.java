package io.dynadiff.cli.forecasts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynadiff.cli.Dynadiff;
import io.dynadiff.cli.Python;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.topics.Topic;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Commands and examples that read a broker, on one where forecasts of two tiles lie. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadersOnBrokerTest {

  private static final String NORTH = "tiles/north";
  private static final String SOUTH = "tiles/south";

  @TempDir private static Path directory;

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void publishForecasts() {
    kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(2));
    publish(true, ExampleForecasts.single(NORTH, "first", 0));
    for (int sequence = 0; sequence < 3; sequence++) {
      publish(true, ExampleForecasts.ensemble(NORTH, "second", sequence));
      publish(true, ExampleForecasts.single(SOUTH, "first", sequence));
    }
    publish(false, ExampleForecasts.single(NORTH, "second", 99));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static void publish(boolean committed, Forecast forecast) {
    Properties properties = kafka.connection().producerProperties();
    properties.put("transactional.id", "test");
    try (Serializer<Forecast> values = kafka.connection().serdes().serializer(Forecast.class);
        KafkaProducer<String, Forecast> producer =
            new KafkaProducer<>(properties, new StringSerializer(), values)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(
          new ProducerRecord<>(
              kafka.topics().name(Topic.FORECASTS), forecast.getEnvironmentId(), forecast));
      producer.flush();
      if (committed) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  @Test
  void shouldPrintTheNewestCommittedForecastsWhenTailed() throws Exception {
    List<String> lines = ran(0, "forecasts tail --json --count 2 --environment " + NORTH);

    assertThat(lines).hasSize(2);
    JsonNode last = new ObjectMapper().readTree(lines.get(1));
    assertThat(last.get("runId").asText()).isEqualTo("second");
    assertThat(last.get("issueSequence").asInt()).as("99 was aborted").isEqualTo(2);
    assertThat(last.at("/channels/0/spread/1").asDouble()).isEqualTo(0.5);
    assertThat(ran(0, "forecasts tail")).hasSize(7).anyMatch(line -> line.contains(SOUTH));
    assertThat(ran(0, "forecasts tail --count 0")).isEmpty();
    assertThat(ran(2, "forecasts tail --topic-prefix other.")).isEmpty();
  }

  /** Last, as it publishes more. */
  @Test
  @Order(Integer.MAX_VALUE)
  void shouldEndWithZeroWhenFollowingIsInterrupted() throws Exception {
    Path err = directory.resolve("follow.err");
    Process process = following(err);
    try (BufferedReader lines = process.inputReader()) {
      String first = lines.readLine();
      assertThat(first).as(Files.readString(err)).contains(SOUTH + "  #2");
      publish(true, ExampleForecasts.single(NORTH, "third", 7));
      publish(true, ExampleForecasts.single(SOUTH, "third", 8));
      assertThat(lines.readLine()).contains(SOUTH + "  #8");
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(lines.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldEndWithZeroWhenNobodyReadsWhatIsFollowed() throws Exception {
    Path err = directory.resolve("unread.err");
    Process process = following(err);
    try {
      try (BufferedReader lines = process.inputReader()) {
        assertThat(lines.readLine()).as(Files.readString(err)).contains(SOUTH + "  #2");
      }

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended, though nothing came").isTrue();
      assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process that has printed the newest forecast of the south and waits for more. */
  private static Process following(Path err) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                // What a shell starts in the background ignores SIGINT, and so do its children.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Dynadiff.class.getName()));
    command.addAll(arguments("forecasts tail --follow --count 1 --environment " + SOUTH));
    return new ProcessBuilder(command).redirectError(err.toFile()).start();
  }

  @Test
  void shouldWriteTheNewestRunWhenExported() throws Exception {
    Path file = directory.resolve("north.nc");

    assertThat(ran(0, "forecasts export " + NORTH + " --run second --output " + file))
        .containsExactly(
            "wrote " + file + ", 3 forecasts of " + NORTH + ", run second, 2 leads",
            "left out 1 forecasts of other runs or forms; --run chooses among [first, second]");

    assertThat(file).exists();
    assertThat(ran(2, "forecasts export tiles/east --output " + file)).isEmpty();
    assertThat(ran(2, "forecasts export " + NORTH + " --run x --output " + file)).isEmpty();
    assertThat(ran(1, "forecasts export " + NORTH + " --output " + directory + "/none/a.nc"))
        .isEmpty();
  }

  @Test
  void shouldSayWhatDiffersWhenTopicsAreChecked() throws Exception {
    assertThat(ran(0, "topics check --partitions 2"))
        .containsExactly(Topic.values().length + " topics, all as the parts need them");

    assertThat(ran(1, "topics check --partitions 3"))
        .hasSize(Topic.values().length - 1)
        .contains(
            "Topic frames: partitions is 2, expected 3; start with --partitions 2, or recreate the"
                + " topic.");
    JsonNode differences =
        new ObjectMapper()
            .readTree(String.join("\n", ran(1, "topics check --json --topic-prefix other.")));
    assertThat(differences).hasSize(Topic.values().length);
    assertThat(differences.at("/0/remedy").asText()).isEqualTo("run dynadiff topics create");
    assertThat(ran(0, "weights list --json"))
        .as("whatever --partitions says")
        .containsExactly("[ ]");
    assertThat(ran(2, "weights list --topic-prefix other.")).isEmpty();
    assertThat(ran(2, "weights pin e --topic-prefix other.")).isEmpty();
    assertThat(ran(1, "topics check --topic-prefix other."))
        .as("looking has created nothing")
        .hasSize(Topic.values().length);
  }

  @Test
  void shouldDrawTheNewestForecast() throws Exception {
    Path picture = directory.resolve("drawn.png");
    assertThat(ran(0, "forecasts draw " + NORTH + " --output " + picture))
        .singleElement()
        .asString()
        .contains("wrote " + picture + ", the forecast of " + NORTH, "2 leads");
    BufferedImage drawn = ImageIO.read(picture.toFile());
    assertThat(drawn.getWidth()).as("two leads side by side").isGreaterThan(2 * 240);
    assertThat(ran(2, "forecasts draw nowhere --output " + picture)).isEmpty();
    assertThat(ran(2, "forecasts draw " + NORTH + " --channel w --output " + picture)).isEmpty();
    assertThat(ran(1, "forecasts draw " + NORTH + " --output none/drawn.png")).isEmpty();
  }

  @Test
  void shouldReadForecastsInPythonAsTheExampleDoes() throws Exception {
    Python python = Python.with("confluent_kafka", "avro", "requests", "numpy");

    Python.Ended ended = plot(python, "--json");

    assertThat(ended.code()).as(ended.all()).isZero();
    assertThat(ended.out().lines()).hasSize(2);
    JsonNode north = new ObjectMapper().readTree(ended.out().lines().toList().get(0));
    assertThat(north.get("environment").asText()).isEqualTo(NORTH);
    assertThat(north.get("shape").toString()).isEqualTo("[2,2,3,4]");
  }

  @Test
  void shouldDrawForecastsInPythonAsTheExampleDoes() throws Exception {
    Python python = Python.with("confluent_kafka", "avro", "requests", "numpy", "matplotlib");
    Path picture = directory.resolve("forecasts.png");

    Python.Ended ended = plot(python, "--output", picture.toString());

    assertThat(ended.code()).as(ended.all()).isZero();
    assertThat(ended.out()).contains("2 environments");
    BufferedImage drawn = ImageIO.read(picture.toFile());
    long colours =
        Stream.iterate(0, x -> x + 1)
            .limit(drawn.getWidth())
            .map(x -> drawn.getRGB(x, drawn.getHeight() / 4))
            .distinct()
            .count();
    assertThat(colours).as("colours across the first row of fields").isGreaterThan(6);
  }

  private static Python.Ended plot(Python python, String... more) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add(Python.EXAMPLES.resolve("plot_forecasts.py").toString());
    arguments.addAll(arguments(""));
    arguments.addAll(List.of(more));
    return python.run(arguments.toArray(String[]::new));
  }

  private static List<String> arguments(String command) {
    List<String> arguments = new ArrayList<>();
    Stream.of(command.split(" ")).filter(word -> !word.isEmpty()).forEach(arguments::add);
    arguments.addAll(
        List.of(
            "--bootstrap-servers",
            kafka.bootstrapServers(),
            "--schema-registry",
            kafka.schemaRegistryUrl()));
    return arguments;
  }

  /** Lines of standard output, then of standard error where the command succeeded. */
  private static List<String> ran(int expectedCode, String command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Dynadiff.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments(command).toArray(String[]::new));
    assertThat(code).as(command + ": " + err).isEqualTo(expectedCode);
    if (code != 0 && out.toString().isEmpty()) {
      assertThat(err.toString().lines()).as(command).hasSize(1);
      return List.of();
    }
    return Stream.concat(out.toString().lines(), err.toString().lines()).toList();
  }
}
