package io.dynadiff.producers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.physics.store.TrajectoryStore;
import io.dynadiff.producers.sensor.SensorCommand;
import io.dynadiff.producers.trajectories.TrajectoriesCommand;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The sensor command against a real broker and registry; counted by another reader. */
@Tag("slow")
@Timeout(180)
class SensorOnBrokerTest {
  private static final String HEADER = "station,time,latitude,longitude,value\n";
  private static final Instant START = Instant.parse("2019-03-01T00:00:00Z");

  private static EmbeddedKafka kafka;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(3));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void shouldPublishAFileAndLeaveItAloneWhenStartedAgain() throws IOException {
    Path file = Files.writeString(temp.resolve("a.csv"), HEADER + hours(0, 30));
    StringWriter out = new StringWriter();
    assertThat(run(out, file.toString(), "--run-id", "whole")).as(out.toString()).isZero();
    assertThat(out.toString()).contains("run whole: 30 frames published, 0 withheld");
    List<FieldFrame> frames = frames("whole");
    assertComplete(frames, 30);
    assertThat(frames.get(7).getEventTime()).isEqualTo(START.plus(Duration.ofHours(7)));
    assertThat(TensorCodec.decode(frames.get(7).getField())).hasSize(256).containsOnly(287f);
    assertThat(frames.get(0).getGrid().getOriginY()).isEqualTo(52);

    Files.writeString(file, hours(30, 35), StandardOpenOption.APPEND);
    assertThat(run(out, file.toString(), "--run-id", "whole")).isZero();
    assertThat(out.toString()).contains("30 already published", "run whole: 5 frames published");
    assertComplete(frames("whole"), 35);
  }

  @Test
  void shouldRecordFromTheTopicWhatItGridsIntoAStore() throws IOException {
    Path file = Files.writeString(temp.resolve("r.csv"), HEADER + hours(0, 5) + hours(9, 12));
    StringWriter out = new StringWriter();
    String environment = "era5-uk/recorded";
    assertThat(run(out, file.toString(), "--environment=" + environment)).isZero();
    String gridded = temp.resolve("gridded").toString();
    assertThat(run(out, file.toString(), "--environment=" + environment, "--to-store=" + gridded))
        .isZero();
    int code =
        new CommandLine(new TrajectoriesCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true))
            .execute(
                "record",
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--schema-registry=" + kafka.schemaRegistryUrl(),
                "--environments=" + environment,
                "--output=" + temp.resolve("recorded"));
    assertThat(code).as(out.toString()).isZero();
    TrajectoryStore recorded = TrajectoryStore.open(temp.resolve("recorded"));
    assertThat(recorded.names())
        .containsExactly(
            environment + "/from-20190301T000000Z", environment + "/from-20190301T090000Z");
    TrajectoryStore expected = TrajectoryStore.open(temp.resolve("gridded"));
    for (String name : expected.names()) {
      assertThat(recorded.chunks(name)).isEqualTo(expected.chunks(name));
      assertThat(recorded.metadata(name).grid()).isEqualTo(expected.metadata(name).grid());
      assertThat(recorded.metadata(name).conditions())
          .isEqualTo(expected.metadata(name).conditions());
    }
  }

  @Test
  void shouldExitWithTwoAndOneLineWhenTheFileHoldsNoObservations() throws IOException {
    Path file = Files.writeString(temp.resolve("bad.csv"), "time,temperature\n0,1\n");
    StringWriter out = new StringWriter();
    assertThat(run(out, file.toString())).isEqualTo(2);
    assertThat(out.toString().lines().filter(line -> line.contains("bad.csv")))
        .singleElement()
        .asString()
        .contains("expected JSON objects, or CSV with the columns");
  }

  @Test
  void shouldLeaveNoGapAndNoDuplicateWhenKilledWhileItFollowsAFile() throws Exception {
    Path file = Files.writeString(temp.resolve("grows.csv"), HEADER + hours(0, 20));
    String[] args = {"sensor", file.toString(), "--follow", "--run-id", "killed"};
    Process first = process("first.txt", args);
    await(() -> frames("killed").size() >= 19);
    first.destroyForcibly().waitFor();
    Files.writeString(file, hours(20, 50), StandardOpenOption.APPEND);

    Process second = process("second.txt", args);
    // The last interval stays open: nothing says that it is complete.
    await(() -> frames("killed").size() >= 49);
    second.destroy();
    assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
    String output = Files.readString(temp.resolve("second.txt"));
    assertThat(second.exitValue()).as(output).isZero();
    assertThat(output).contains("19 already published", "30 frames published", "--run-id killed");
    assertComplete(frames("killed"), 49);
  }

  @Test
  void shouldTakeObservationsOverTcp() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process = process("tcp.txt", "sensor", "tcp://localhost:" + port, "--run-id", "tcp");
    await(
        () -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write((HEADER + hours(0, 10)).getBytes(StandardCharsets.UTF_8));
            return true;
          } catch (ConnectException e) {
            return false;
          }
        });
    await(() -> frames("tcp").size() >= 9);
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(Files.readString(temp.resolve("tcp.txt"))).contains("2 of open intervals");
    assertComplete(frames("tcp"), 9);
  }

  /** Two stations an hour, the hour itself added to 280 K. */
  private static String hours(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int hour = from; hour < to; hour++) {
      Instant time = START.plus(Duration.ofHours(hour));
      lines.append("a,").append(time).append(",51,-1,").append(280 + hour).append('\n');
      lines.append("b,").append(time).append(",50,1,").append(280 + hour).append('\n');
    }
    return lines.toString();
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  private static void await(Check check) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(check::holds);
  }

  private static void assertComplete(List<FieldFrame> frames, int count) {
    assertThat(FramesTopic.sequences(frames))
        .containsExactlyElementsOf(LongStream.range(0, count).boxed().toList());
    for (int i = 1; i < frames.size(); i++) {
      assertThat(frames.get(i).getEventTime())
          .isEqualTo(frames.get(i - 1).getEventTime().plus(Duration.ofHours(1)));
    }
  }

  private static List<FieldFrame> frames(String run) {
    return FramesTopic.read(kafka.connection(), run).getOrDefault("era5-uk/stations", List.of());
  }

  private Process process(String output, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(settings());
    return CommandProcess.start(kafka, temp.resolve(output), all.toArray(String[]::new));
  }

  private static List<String> settings() {
    return List.of(
        "--environment",
        "era5-uk/stations",
        "--north",
        "52",
        "--west",
        "-2",
        "--gridding",
        "nearest",
        "--radius",
        "300");
  }

  private static int run(StringWriter out, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        Stream.of(args).anyMatch(a -> a.startsWith("--environment="))
            ? settings().subList(2, settings().size())
            : settings());
    all.addAll(
        List.of(
            "--bootstrap-servers",
            kafka.bootstrapServers(),
            "--schema-registry",
            kafka.schemaRegistryUrl(),
            "--partitions",
            "3"));
    return new CommandLine(new SensorCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(all.toArray(String[]::new));
  }
}
