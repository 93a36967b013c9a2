package io.dynadiff.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaParameters;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.producers.feed.FieldFeed;
import io.dynadiff.producers.publish.FrameEncoder;
import io.dynadiff.producers.publish.FramePublisher;
import io.dynadiff.producers.publish.PublishException;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Runs that are killed, stopped, fenced and continued on a real broker; counted by another reader.
 */
@Tag("slow")
@Timeout(180)
class RunsOnBrokerTest {
  private static EmbeddedKafka kafka;
  private static FeedCommands commands;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(3));
    commands = new FeedCommands(kafka);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void shouldContinueARunAndLeaveACompleteOneAlone() {
    assertThat(commands.replay("--to", "2019-03-02", "--speed", "max", "--run-id", "again"))
        .isZero();
    StringWriter out = new StringWriter();
    assertThat(commands.replay(out, "--to", "2019-03-03", "--speed", "max", "--run-id", "again"))
        .isZero();
    assertThat(out.toString()).contains("144 already published", "144 frames published");
    assertThat(commands.replay(out, "--to", "2019-03-03", "--speed", "max", "--run-id", "again"))
        .isZero();
    assertThat(out.toString()).contains("288 already published", ": 0 frames published");
    FramesTopic.read(kafka.connection(), "again")
        .forEach((id, list) -> FramesTopic.assertComplete(list, 48));
  }

  @Test
  void shouldRefuseToContinueARunWithOtherSettings() {
    assertThat(commands.replay("--to", "2019-03-02", "--speed", "max", "--run-id", "other"))
        .isZero();
    StringWriter out = new StringWriter();
    assertThat(commands.replay(out, "--from", "2019-03-02", "--speed", "max", "--run-id", "other"))
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
          .until(
              () ->
                  FramesTopic.committed(kafka.connection(), "killed", "lambda-omega/killed")
                      >= wanted);
      process.destroyForcibly().waitFor();
    }
    args[args.length - 1] = "max";
    Process last = CommandProcess.start(kafka, temp.resolve("killed.txt"), args);
    assertThat(last.waitFor()).as(output("killed.txt")).isZero();

    List<FieldFrame> frames =
        FramesTopic.read(kafka.connection(), "killed").get("lambda-omega/killed");
    FramesTopic.assertComplete(frames, 1500);
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
            FeedCommands.FILE,
            "--run-id",
            "finite",
            "--speed",
            "36000x");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                FramesTopic.committed(kafka.connection(), "endless", "lambda-omega/endless") > 5
                    && FramesTopic.committed(kafka.connection(), "finite", "era5-uk/r00c00") > 2);
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
      FramesTopic.assertComplete(list, list.size());
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

      try (FieldFeed successor = commands.feed("stalled", false, series)) {
        assertThat(successor.resumedFrom()).isEqualTo(5);
        assertThat(successor.run().committed()).isEqualTo(15);
      }
      assertThatThrownBy(stalled::commit)
          .isInstanceOf(PublishException.class)
          .hasMessageContaining("5 frames are committed");
    }
    FramesTopic.assertComplete(
        FramesTopic.read(kafka.connection(), "stalled").get("lambda-omega/stalled"), 20);
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
      try (FieldFeed first = commands.feed("hidden", true, series)) {
        assertThat(first.run().committed()).isEqualTo(5);
      }
      CompletableFuture<Long> resumed =
          CompletableFuture.supplyAsync(
              () -> {
                try (FieldFeed second = commands.feed("hidden", false, series)) {
                  return second.resumedFrom();
                }
              });
      assertThatThrownBy(() -> resumed.get(2, TimeUnit.SECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      other.abortTransaction();
      assertThat(resumed.get(20, TimeUnit.SECONDS)).isEqualTo(5);
    }
  }

  private String output(String file) throws IOException {
    return Files.readString(temp.resolve(file));
  }
}
