package io.dynadiff.streams.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ControlAction;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.TestTopology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeOrdersTest {

  @TempDir private Path stateDirectory;
  private TestTopology topology;
  private long next;

  @BeforeEach
  void start() {
    topology =
        new TestTopology(
            stateDirectory,
            wire -> AdaptTopology.build(wire, Samples.systems(), AdaptSettings.DEFAULT));
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void shouldAskAtOnceAndOnceWhenTheWindowIsFull() {
    frames(4);
    assertThat(requests()).containsExactly("1 FIRST_WINDOW 0..2");
    order(ControlAction.REGENERATE, "a");
    assertThat(requests()).containsExactly("2 MANUAL 1..3");
    frames(2);
    assertThat(requests()).isEmpty();
  }

  @Test
  void shouldLetTheFirstWindowFulfilTheOrderWhenItIsNotFullYet() {
    frames(1);
    order(ControlAction.REGENERATE, "a");
    assertThat(requests()).isEmpty();
    frames(4);
    assertThat(requests()).containsExactly("1 FIRST_WINDOW 0..2");
  }

  @Test
  void shouldRefuseWhenNoFrameHasComeFromTheEnvironment() {
    order(ControlAction.REGENERATE, "elsewhere");
    assertThat(topology.read(Topic.ADAPTATIONS, Adaptation.class))
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.getDecision()).isEqualTo(Decision.REFUSED);
              assertThat(decision.getReason())
                  .isEqualTo(
                      "order order-1 to REGENERATE: expected an environment with an admitted"
                          + " frame, found none yet");
            });
  }

  @Test
  void shouldLeaveOtherOrdersToTheForecaster() {
    frames(4);
    requests();
    order(ControlAction.PIN, "a");
    order(ControlAction.ROLL_BACK, "a");
    frames(1);
    assertThat(requests()).isEmpty();
  }

  private void frames(int count) {
    for (int i = 0; i < count; i++, next++) {
      topology
          .rawInput(Topic.FRAMES)
          .pipeInput(
              "a".getBytes(StandardCharsets.UTF_8),
              topology.bytes(Topic.FRAMES, FieldFrame.class, Samples.frame("a", next)));
    }
  }

  private void order(ControlAction action, String environmentId) {
    topology
        .input(Topic.CONTROLS, ControlCommand.class)
        .pipeInput(
            environmentId,
            new ControlCommand(environmentId, "order-1", action, null, Instant.EPOCH));
  }

  private List<String> requests() {
    return topology.read(Topic.PROMPTS, PromptRequest.class).stream()
        .map(
            r ->
                r.getWeightsVersion()
                    + " "
                    + r.getReason()
                    + " "
                    + r.getFirstSequence()
                    + ".."
                    + r.getLastSequence())
        .toList();
  }
}
