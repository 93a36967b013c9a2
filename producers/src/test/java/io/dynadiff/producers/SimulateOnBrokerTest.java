package io.dynadiff.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.producers.simulate.SimulateCommand;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Simulated feeds against a real broker and registry; counted by another reader. */
@Tag("slow")
@Timeout(180)
class SimulateOnBrokerTest {
  private static final String[] PAPER = {"--form", "paper"};
  private static final String[] COARSE = {
    "--form", "paper", "--lattice-scale", "0.25", "--threads", "2"
  };

  private static EmbeddedKafka kafka;
  private static FeedCommands commands;

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
  void shouldSimulateAFlowWhoseForceMovesAndContinueIt() {
    String schedule = "0:amplitude=0.2:shift=0,6:shift=0.5";
    assertThat(commands.simulate("navier-stokes", schedule, "5", "flow", PAPER)).isZero();
    assertThat(commands.simulate("navier-stokes", schedule, "10", "flow", PAPER)).isZero();
    List<FieldFrame> frames =
        FramesTopic.read(kafka.connection(), "flow").get("navier-stokes/feed");
    FramesTopic.assertComplete(frames, 10);
    assertThat(frames.get(0).getChannels())
        .extracting(channel -> channel.getName())
        .containsExactly("w", "u", "v");
    assertThat(frames.get(9).getConditions())
        .extracting(condition -> condition.getValue())
        .containsExactly(0.2, 0.5);
    assertThat(TensorCodec.decode(frames.get(9).getField())).hasSize(3 * 64 * 64);
  }

  @Test
  void shouldRefuseToContinueARunInAnotherForm() {
    String schedule = "0:reynolds=60";
    assertThat(commands.simulate("kolmogorov-flow", schedule, "2", "form")).isZero();
    assertThat(commands.simulate("kolmogorov-flow", schedule, "4", "form", PAPER)).isEqualTo(2);
    assertThat(FramesTopic.read(kafka.connection(), "form").get("kolmogorov-flow/feed")).hasSize(2);
  }

  @Test
  void shouldSimulatePreyAndPredatorsAtOnePoint() {
    assertThat(commands.simulate("lotka-volterra", "0:beta=0.5:delta=1", "20", "prey")).isZero();
    List<FieldFrame> frames =
        FramesTopic.read(kafka.connection(), "prey").get("lotka-volterra/feed");
    FramesTopic.assertComplete(frames, 20);
    assertThat(TensorCodec.shape(frames.get(0).getField())).containsExactly(2, 1, 1);
  }

  @Test
  void shouldSimulateAWakeWhoseReynoldsNumberChangesAndContinueIt() {
    String schedule = "0:radius=20:reynolds=100,3:reynolds=150";
    assertThat(commands.simulate("cylinder-flow", schedule, "2", "wake", COARSE)).isZero();
    assertThat(commands.simulate("cylinder-flow", schedule, "5", "wake", COARSE)).isZero();
    List<FieldFrame> frames =
        FramesTopic.read(kafka.connection(), "wake").get("cylinder-flow/feed");
    FramesTopic.assertComplete(frames, 5);
    assertThat(frames.get(4).getConditions())
        .extracting(condition -> condition.getValue())
        .containsExactly(20.0, 150.0);
    assertThat(TensorCodec.shape(frames.get(4).getField())).containsExactly(2, 64, 128);
    float[] whole = TensorCodec.decode(frames.get(4).getField());
    assertThat(commands.simulate("cylinder-flow", schedule, "5", "again", COARSE)).isZero();
    List<FieldFrame> again =
        FramesTopic.read(kafka.connection(), "again").get("cylinder-flow/feed");
    assertThat(TensorCodec.decode(again.get(4).getField())).containsExactly(whole);
  }

  @Test
  void shouldEndAtOnceWhenStoppedDuringTheSpinUp(@TempDir Path temp) throws Exception {
    Path output = temp.resolve("output");
    Process feed =
        CommandProcess.start(kafka, output, "simulate", "cylinder-flow", "--lattice-scale", "2");
    try {
      await()
          .atMost(Duration.ofSeconds(120))
          .until(() -> Files.readString(output).contains("before the first frame"));
      assertThat(Files.readString(output)).contains("time units", "ETA");
      feed.destroy();
      // The drain would give up after 20 seconds; the spin-up itself takes many minutes.
      assertThat(feed.waitFor(15, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(output)).contains("0 frames published; continue with --run-id");
      assertThat(feed.exitValue()).isZero();
    } finally {
      feed.destroyForcibly();
    }
  }

  @Test
  void shouldRefuseAFlowTooFastForItsTimeStep() {
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new SimulateCommand())
            .setErr(new PrintWriter(err, true))
            .execute(commands.simulation("navier-stokes", "0:amplitude=100000", "50", "fast"));
    assertThat(err.toString()).contains("time step: expected at most", "found 0.025");
    assertThat(code).isEqualTo(2);
  }
}
