package io.dynadiff.producers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.producers.simulate.SimulateCommand;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** Simulated feeds against a real broker and registry; counted by another reader. */
@Tag("slow")
@Timeout(180)
class SimulateOnBrokerTest {
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
    assertThat(commands.simulate("navier-stokes", schedule, "5", "flow")).isZero();
    assertThat(commands.simulate("navier-stokes", schedule, "10", "flow")).isZero();
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
  void shouldSimulatePreyAndPredatorsAtOnePoint() {
    assertThat(commands.simulate("lotka-volterra", "0:beta=0.5:delta=1", "20", "prey")).isZero();
    List<FieldFrame> frames =
        FramesTopic.read(kafka.connection(), "prey").get("lotka-volterra/feed");
    FramesTopic.assertComplete(frames, 20);
    assertThat(TensorCodec.shape(frames.get(0).getField())).containsExactly(2, 1, 1);
  }

  @Test
  void shouldRefuseAFlowTooFastForItsTimeStep() {
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new SimulateCommand())
            .setErr(new PrintWriter(err, true))
            .execute(commands.simulation("navier-stokes", "0:amplitude=100000", "50", "fast"));
    assertThat(err.toString()).contains("time step: expected at most", "found 0.0125");
    assertThat(code).isEqualTo(2);
  }
}
