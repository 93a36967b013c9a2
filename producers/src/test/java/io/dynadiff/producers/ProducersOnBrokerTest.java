package io.dynadiff.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaParameters;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.producers.feed.FieldFeed;
import io.dynadiff.producers.pace.Pace;
import io.dynadiff.producers.publish.FrameEncoder;
import io.dynadiff.producers.publish.FramePublisher;
import io.dynadiff.producers.publish.PublishException;
import io.dynadiff.producers.replay.ReplayCommand;
import io.dynadiff.producers.simulate.SimulateCommand;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Producers against a real broker and registry, killed and restarted; counted by another reader.
 */
@Tag("slow")
@Timeout(180)
class ProducersOnBrokerTest {
  private static final String FILE = Path.of("..", "data", "era5-2mt-2019-03-uk-cds.nc").toString();

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
  void shouldReplaySixTilesWithTheFilesTimesAndValues() {
    assertThat(replay("--from", "2019-03-30", "--speed", "max", "--run-id", "tiles")).isZero();
    Map<String, List<FieldFrame>> frames = FramesTopic.read(kafka.connection(), "tiles");
    assertThat(frames)
        .containsOnlyKeys(
            "era5-uk/r00c00",
            "era5-uk/r00c16",
            "era5-uk/r00c33",
            "era5-uk/r17c00",
            "era5-uk/r17c16",
            "era5-uk/r17c33");
    frames.forEach((id, list) -> assertComplete(list, 48));
    FieldFrame last = frames.get("era5-uk/r17c33").get(47);
    assertThat(last.getEventTime()).isEqualTo("2019-03-31T23:00:00Z");
    float[] values = TensorCodec.decode(last.getField());
    try (RecordedFields fields = RecordedFields.open(Path.of(FILE))) {
      assertThat(values).containsExactly(fields.variable("t2m").slice(743, 17, 33, 16, 16));
    }
    assertThat((double) values[255]).isBetween(281.454, 281.456);
  }

  @Test
  void shouldContinueARunAndLeaveACompleteOneAlone() {
    assertThat(replay("--to", "2019-03-02", "--speed", "max", "--run-id", "again")).isZero();
    StringWriter out = new StringWriter();
    assertThat(replay(out, "--to", "2019-03-03", "--speed", "max", "--run-id", "again")).isZero();
    assertThat(out.toString()).contains("144 already published", "144 frames published");
    assertThat(replay(out, "--to", "2019-03-03", "--speed", "max", "--run-id", "again")).isZero();
    assertThat(out.toString()).contains("288 already published", ": 0 frames published");
    FramesTopic.read(kafka.connection(), "again").forEach((id, list) -> assertComplete(list, 48));
  }

  @Test
  void shouldSimulateAFlowWhoseForceMovesAndContinueIt() {
    String schedule = "0:amplitude=0.2:shift=0,6:shift=0.5";
    assertThat(simulate("navier-stokes", schedule, "5", "flow")).isZero();
    assertThat(simulate("navier-stokes", schedule, "10", "flow")).isZero();
    List<FieldFrame> frames =
        FramesTopic.read(kafka.connection(), "flow").get("navier-stokes/feed");
    assertComplete(frames, 10);
    assertThat(frames.get(0).getChannels())
        .extracting(channel -> channel.getName())
        .containsExactly("w", "u", "v");
    assertThat(frames.get(9).getConditions())
        .extracting(condition -> condition.getValue())
        .containsExactly(0.2, 0.5);
    assertThat(TensorCodec.decode(frames.get(9).getField())).hasSize(3 * 64 * 64);
  }

  @Test
  void shouldSimulatePreyAndPredatorsAtOnePoint() {
    assertThat(simulate("lotka-volterra", "0:beta=0.5:delta=1", "20", "prey")).isZero();
    List<FieldFrame> frames =
        FramesTopic.read(kafka.connection(), "prey").get("lotka-volterra/feed");
    assertComplete(frames, 20);
    assertThat(TensorCodec.shape(frames.get(0).getField())).containsExactly(2, 1, 1);
  }

  @Test
  void shouldRefuseAFlowTooFastForItsTimeStep() {
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new SimulateCommand())
            .setErr(new PrintWriter(err, true))
            .execute(simulation("navier-stokes", "0:amplitude=100000", "50", "fast"));
    assertThat(err.toString()).contains("time step: expected at most", "found 0.0125");
    assertThat(code).isEqualTo(2);
  }

  private static int simulate(String system, String schedule, String frames, String run) {
    return new CommandLine(new SimulateCommand())
        .execute(simulation(system, schedule, frames, run));
  }

  private static String[] simulation(String system, String schedule, String frames, String run) {
    return new String[] {
      system,
      "--schedule",
      schedule,
      "--frames",
      frames,
      "--run-id",
      run,
      "--speed",
      "max",
      "--bootstrap-servers",
      kafka.bootstrapServers(),
      "--schema-registry",
      kafka.schemaRegistryUrl(),
      "--partitions",
      Integer.toString(kafka.topics().partitions())
    };
  }

  @Test
  void shouldRefuseToContinueARunWithOtherSettings() {
    assertThat(replay("--to", "2019-03-02", "--speed", "max", "--run-id", "other")).isZero();
    StringWriter out = new StringWriter();
    assertThat(replay(out, "--from", "2019-03-02", "--speed", "max", "--run-id", "other"))
        .isEqualTo(2);
    assertThat(out.toString()).contains("run other cannot be continued").contains("run id");
  }

  @Test
  void shouldContinueWithoutGapOrDuplicateWhenKilled() throws Exception {
    String[] args = {
      "simulate", "lambda-omega", "--environment", "lambda-omega/killed", "--run-id", "killed",
      "--schedule", "0:beta=1.1,900:beta=1.4", "--frames", "1500", "--speed", "20x"
    };
    for (int wanted : new int[] {40, 120}) {
      Process process = CommandProcess.start(kafka, temp.resolve("killed.txt"), args);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> committed("killed", "lambda-omega/killed") >= wanted);
      process.destroyForcibly().waitFor();
    }
    args[args.length - 1] = "max";
    Process last = CommandProcess.start(kafka, temp.resolve("killed.txt"), args);
    assertThat(last.waitFor()).as(output("killed.txt")).isZero();

    List<FieldFrame> frames =
        FramesTopic.read(kafka.connection(), "killed").get("lambda-omega/killed");
    assertComplete(frames, 1500);
    // The same frames as a run that nobody killed: the way there is computed again, bit by bit.
    LambdaOmegaSeries series =
        new LambdaOmegaSeries(
            "lambda-omega/killed",
            LambdaOmegaParameters.standard(1),
            new BetaSchedule(
                List.of(new BetaSchedule.Change(0, 1.1), new BetaSchedule.Change(900, 1.4))),
            1,
            Instant.parse("2000-01-01T00:00:00Z").toEpochMilli(),
            200,
            1500);
    var expected = series.snapshots(0);
    for (FieldFrame frame : frames) {
      assertThat(TensorCodec.decode(frame.getField())).containsExactly(expected.next().values());
    }
    assertThat(frames.get(899).getConditions().get(0).getValue()).isEqualTo(1.1);
    assertThat(frames.get(900).getConditions().get(0).getValue()).isEqualTo(1.4);
  }

  @Test
  void shouldDrainWhenTerminated() throws Exception {
    Process endless =
        CommandProcess.start(
            kafka,
            temp.resolve("endless.txt"),
            "simulate",
            "lambda-omega",
            "--environment",
            "lambda-omega/endless",
            "--run-id",
            "endless",
            "--speed",
            "10x");
    Process finite =
        CommandProcess.start(
            kafka,
            temp.resolve("finite.txt"),
            "replay",
            FILE,
            "--run-id",
            "finite",
            "--speed",
            "36000x");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                committed("endless", "lambda-omega/endless") > 5
                    && committed("finite", "era5-uk/r00c00") > 2);
    endless.destroy();
    finite.destroy();
    assertThat(endless.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(finite.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(endless.exitValue()).as(output("endless.txt")).isZero();
    // 128 + SIGTERM; Ctrl-C gives 130 the same way.
    assertThat(finite.exitValue()).as(output("finite.txt")).isEqualTo(143);
    assertThat(output("finite.txt")).contains("continue with --run-id finite");
    long published = 0;
    for (List<FieldFrame> list : FramesTopic.read(kafka.connection(), "finite").values()) {
      assertComplete(list, list.size());
      published += list.size();
    }
    assertThat(output("finite.txt")).contains("run finite: " + published + " frames published");
  }

  @Test
  void shouldFenceAStalledProducerOfTheSameRun() {
    LambdaOmegaSeries series =
        new LambdaOmegaSeries(
            "lambda-omega/stalled",
            LambdaOmegaParameters.standard(1),
            BetaSchedule.constant(1.2),
            1,
            0,
            200,
            20);
    FrameEncoder encoder = new FrameEncoder("stalled", series);
    List<FieldFrame> frames = new ArrayList<>();
    var snapshots = series.snapshots(0);
    LongStream.range(0, 20).forEach(i -> frames.add(encoder.encode(i, snapshots.next())));

    try (FramePublisher stalled =
        FramePublisher.open(
            kafka.connection(), kafka.topics(), "stalled", List.of("lambda-omega/stalled"))) {
      frames.subList(0, 5).forEach(stalled::publish);
      stalled.commit();
      frames.subList(5, 8).forEach(stalled::publish);

      try (FieldFeed successor = feed("stalled", false, series)) {
        assertThat(successor.resumedFrom()).isEqualTo(5);
        assertThat(successor.run().committed()).isEqualTo(15);
      }
      assertThatThrownBy(stalled::commit)
          .isInstanceOf(PublishException.class)
          .hasMessageContaining("5 frames are committed");
    }
    assertComplete(FramesTopic.read(kafka.connection(), "stalled").get("lambda-omega/stalled"), 20);
  }

  @Test
  void shouldWaitForTransactionsOfOthersThatHideItsLastFrames() throws Exception {
    LambdaOmegaSeries series =
        new LambdaOmegaSeries(
            "lambda-omega/hidden",
            LambdaOmegaParameters.standard(1),
            BetaSchedule.constant(1.2),
            1,
            0,
            200,
            5);
    Properties properties = kafka.connection().producerProperties();
    properties.put("transactional.id", "somebody-else");
    try (KafkaProducer<byte[], byte[]> other =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      other.initTransactions();
      other.beginTransaction();
      for (int partition = 0; partition < 3; partition++) {
        other.send(new ProducerRecord<>("frames", partition, null, new byte[] {1})).get();
      }
      try (FieldFeed first = feed("hidden", true, series)) {
        assertThat(first.run().committed()).isEqualTo(5);
      }
      CompletableFuture<Long> resumed =
          CompletableFuture.supplyAsync(
              () -> {
                try (FieldFeed second = feed("hidden", false, series)) {
                  return second.resumedFrom();
                }
              });
      assertThatThrownBy(() -> resumed.get(2, TimeUnit.SECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      other.abortTransaction();
      assertThat(resumed.get(20, TimeUnit.SECONDS)).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-legacy.nc", ".grib", ".zarr"})
  void shouldReplayTheOtherFormatsAlike(String format) {
    StringWriter out = new StringWriter();
    String runId = "format" + format;
    int code =
        run(
            out,
            Path.of("..", "data", "era5-2mt-2019-03-uk" + format).toString(),
            "--tiles",
            "r08c20",
            "--to",
            "2019-03-01T06:00:00Z",
            "--speed",
            "max",
            "--run-id",
            runId);
    assertThat(code).as(out.toString()).isZero();
    List<FieldFrame> frames = FramesTopic.read(kafka.connection(), runId).get("era5-uk/r08c20");
    assertComplete(frames, 6);
    assertThat(frames.get(0).getChannels().get(0).getName()).isEqualTo("t2m");
    assertThat(frames.get(0).getChannels().get(0).getUnit()).isEqualTo("K");
    assertThat(frames.get(0).getGrid().getOriginY()).isEqualTo(56);
  }

  private static void assertComplete(List<FieldFrame> frames, int count) {
    assertThat(FramesTopic.sequences(frames))
        .containsExactlyElementsOf(LongStream.range(0, count).boxed().toList());
    for (int i = 1; i < frames.size(); i++) {
      assertThat(frames.get(i).getEventTime())
          .isEqualTo(frames.get(i - 1).getEventTime().plusMillis(frames.get(i).getIntervalMs()));
    }
  }

  private static FieldFeed feed(String run, boolean fresh, LambdaOmegaSeries series) {
    return FieldFeed.open(
        kafka.connection(), kafka.topics(), run, fresh, List.of(series), Pace.MAX, progress -> {});
  }

  private static int committed(String run, String environment) {
    return FramesTopic.read(kafka.connection(), run).getOrDefault(environment, List.of()).size();
  }

  private int replay(String... args) {
    return replay(new StringWriter(), args);
  }

  private int replay(StringWriter out, String... args) {
    List<String> all = new ArrayList<>(List.of(FILE));
    all.addAll(List.of(args));
    return run(out, all.toArray(String[]::new));
  }

  private int run(StringWriter out, String... args) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--schema-registry",
                kafka.schemaRegistryUrl(),
                "--partitions",
                "3"));
    all.addAll(List.of(args));
    return new CommandLine(new ReplayCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(all.toArray(String[]::new));
  }

  private String output(String file) throws IOException {
    return Files.readString(temp.resolve(file));
  }
}
