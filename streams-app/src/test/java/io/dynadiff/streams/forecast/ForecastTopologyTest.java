package io.dynadiff.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.TestTopology;
import io.dynadiff.streams.weights.WeightsId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTopologyTest {

  private static final ForecastSettings SETTINGS =
      new ForecastSettings(
          Duration.ofMillis(25),
          6,
          0,
          3,
          new RollBackSettings(0.1, 3, 2),
          EnsembleSettings.DEFAULT);

  private final HandedExperts experts = new HandedExperts();
  private final List<Integer> batches = new ArrayList<>();
  private final AtomicLong pending = new AtomicLong();
  @TempDir private Path stateDirectory;
  private TestTopology topology;
  private TestInputTopic<String, FieldFrame> frames;

  @BeforeEach
  void start() {
    topology =
        new TestTopology(
            stateDirectory,
            wire ->
                ForecastTopology.build(
                    wire,
                    Samples.systems(),
                    SETTINGS,
                    system -> new StepRollouts(batches),
                    experts,
                    pending));
    frames = topology.input(Topic.FRAMES_ADMITTED, FieldFrame.class);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void shouldForecastFromEveryFrameWithTheBaseExpertWhenThereAreNoWeights() {
    send("a", 0, 2);
    send("b", 0, 0);
    assertThat(pending).hasValue(4);
    List<Forecast> forecasts = drain();
    assertThat(pending).hasValue(0);
    assertThat(forecasts)
        .extracting(f -> f.getEnvironmentId() + f.getIssueSequence())
        .containsExactly("a0", "a1", "a2", "b0");
    Forecast forecast = forecasts.get(2);
    assertThat(forecast.getWeightsVersion()).isZero();
    assertThat(forecast.getWeightsId()).isEqualTo(WeightsId.of(Samples.system().baseWeights()));
    assertThat(forecast.getBundleId()).isEqualTo("bundle-1");
    assertThat(forecast.getLeadSteps()).containsExactly(1, 2);
    assertThat(forecast.getIssueTime()).isEqualTo(Instant.ofEpochMilli(400));
    assertThat(forecast.getFrameIngestedAt()).isEqualTo(Instant.ofEpochMilli(1002));
    assertThat(TensorCodec.shape(forecast.getMean())).containsExactly(2, 2, 4, 4);
    assertThat(TensorCodec.decode(forecast.getMean())).containsOnly(2f);
    assertThat(forecast.getRetired()).isNull();
  }

  @Test
  void shouldRollAllEnvironmentsOutTogetherWhenFramesArePending() {
    send("a", 0, 1);
    send("b", 0, 1);
    drain();
    assertThat(batches).containsExactly(4);
  }

  @Test
  void shouldKeepToTheBatchLimitWhenMoreIsPending() {
    send("a", 0, 9);
    assertThat(drain()).hasSize(6);
    assertThat(pending).hasValue(4);
    assertThat(drain()).extracting(Forecast::getIssueSequence).containsExactly(6L, 7L, 8L, 9L);
    assertThat(drain()).isEmpty();
  }

  @Test
  void shouldAcceptAChallengerWhenItIsNotWorse() {
    send("a", 0, 2);
    drain();
    experts.hand("a", 1, 1f);
    send("a", 3, 3);
    List<Forecast> forecasts = drain();
    assertThat(forecasts).hasSize(1);
    assertThat(forecasts.get(0).getWeightsVersion()).isEqualTo(1);
    assertThat(forecasts.get(0).getWeightsId()).isEqualTo(WeightsId.of(Samples.weights(1)));
    assertThat(TensorCodec.decode(forecasts.get(0).getMean())).startsWith(4f).endsWith(5f);
    Adaptation accepted = decisions().get(0);
    assertThat(accepted.getDecision()).isEqualTo(Decision.ACCEPTED);
    assertThat(accepted.getWeightsVersion()).isEqualTo(1);
    assertThat(accepted.getIncumbentVersion()).isZero();
    assertThat(accepted.getSequence()).isEqualTo(3);
    assertThat(accepted.getNumbers())
        .containsEntry("incumbentScore", 1.0)
        .containsEntry("challengerScore", 0.0)
        .containsEntry("threshold", 1.0)
        .containsEntry("firstSequence", 1.0)
        .containsKey("sinceWindowMs");
  }

  @Test
  void shouldKeepTheIncumbentWhenAChallengerIsWorse() {
    send("a", 0, 2);
    experts.hand("a", 1, 3f);
    drain();
    assertThat(decisions())
        .extracting(Adaptation::getDecision)
        .containsExactly(Decision.KEPT_INCUMBENT);
    send("a", 3, 3);
    assertThat(drain().get(0).getWeightsVersion()).isZero();
    assertThat(decisions()).as("each version is decided upon once").isEmpty();
  }

  @Test
  void shouldKeepTheIncumbentWhenAChallengerDiverges() {
    send("a", 0, 2);
    experts.hand("a", 1, Float.NaN);
    drain();
    assertThat(decisions())
        .extracting(Adaptation::getDecision)
        .containsExactly(Decision.KEPT_INCUMBENT);
  }

  @Test
  void shouldWaitWithTheDecisionWhenThereIsNoTransitionToCompareOn() {
    experts.hand("a", 1, 1f);
    send("a", 0, 0);
    assertThat(drain().get(0).getWeightsVersion()).isZero();
    assertThat(decisions()).isEmpty();
    send("a", 1, 1);
    assertThat(drain().get(0).getWeightsVersion()).isEqualTo(1);
  }

  @Test
  void shouldRunTheRetiredExpertBesideWhileTheSwapIsOnTrial() {
    send("a", 0, 2);
    drain();
    experts.hand("a", 1, 1f);
    send("a", 3, 7);
    List<Forecast> forecasts = drain();
    assertThat(forecasts)
        .extracting(f -> f.getRetired() == null ? null : f.getRetired().getWeightsVersion())
        .containsExactly(0L, 0L, 0L, null, null);
    assertThat(TensorCodec.decode(forecasts.get(0).getRetired().getMean())).containsOnly(3f);
    assertThat(forecasts).extracting(Forecast::getWeightsVersion).containsOnly(1L);
  }

  @Test
  void shouldDecideOnTheNewestOnlyWhenSeveralVersionsHaveComeIn() {
    send("a", 0, 2);
    experts.hand("a", 1, 0.5f);
    experts.hand("a", 2, 1f);
    drain();
    assertThat(decisions()).extracting(Adaptation::getWeightsVersion).containsExactly(2L);
    experts.hand("a", 1, 1f);
    send("a", 3, 3);
    assertThat(drain().get(0).getWeightsVersion()).isEqualTo(2);
    assertThat(decisions()).isEmpty();
  }

  @Test
  void shouldPublishARefusalOnceWhenWeightsWereNotValid() {
    send("a", 0, 2);
    drain();
    experts.refuse("a", 17, 4L, "expected SHA-256 x, found y");
    drain();
    experts.refuse("a", 18, null, "expected an ExpertWeights record");
    drain();
    drain();
    assertThat(decisions())
        .extracting(a -> a.getDecision() + " " + a.getWeightsVersion() + " " + a.getReason())
        .containsExactly(
            "REFUSED 4 expected SHA-256 x, found y",
            "REFUSED null expected an ExpertWeights record");
  }

  @Test
  void shouldRefuseWhenWeightsAreOfAnotherBundleThanTheFrames() {
    send("a", 0, 2);
    experts.hand("a", 1, 1f, Samples.OTHER_SYSTEM, "bundle-2");
    assertThat(drain()).extracting(Forecast::getWeightsVersion).containsOnly(0L);
    assertThat(decisions()).extracting(Adaptation::getDecision).containsExactly(Decision.REFUSED);
  }

  @Test
  void shouldKeepTheExpertWhenANewRunBegins() {
    send("a", 0, 2);
    experts.hand("a", 1, 1f);
    drain();
    frames.pipeInput("a", Samples.frame("a", "run-2", 0, 50), 1);
    frames.pipeInput("a", Samples.frame("a", "run-2", 1, 51), 2);
    assertThat(drain())
        .extracting(f -> f.getRunId() + "/" + f.getIssueSequence() + "/" + f.getWeightsVersion())
        .containsExactly("run-2/0/1", "run-2/1/1");
  }

  @Test
  void shouldCompareOnFramesOfOneRunOnlyWhenARunHasJustBegun() {
    send("a", 0, 2);
    drain();
    frames.pipeInput("a", Samples.frame("a", "run-2", 0, 50), 1);
    experts.hand("a", 1, 48f);
    assertThat(drain().get(0).getWeightsVersion()).isZero();
    frames.pipeInput("a", Samples.frame("a", "run-2", 1, 51), 2);
    drain();
    assertThat(decisions())
        .extracting(Adaptation::getDecision)
        .containsExactly(Decision.KEPT_INCUMBENT);
  }

  @Test
  void shouldBeginWithTheBaseExpertWhenTheSystemChanges() {
    send("a", 0, 2);
    experts.hand("a", 1, 1f);
    drain();
    send("a", 3, 3);
    frames.pipeInput(
        "a", Samples.frame(Samples.OTHER_SYSTEM, Samples.OTHER_SHAPE, "a", "run-2", 0, 9), 1);
    assertThat(drain())
        .extracting(f -> f.getBundleId() + "/" + f.getWeightsVersion())
        .containsExactly("bundle-1/1", "bundle-2/0");
  }

  private void send(String environmentId, long from, long to) {
    for (long sequence = from; sequence <= to; sequence++) {
      frames.pipeInput(environmentId, Samples.frame(environmentId, sequence), 1000 + sequence);
    }
  }

  private List<Forecast> drain() {
    topology.advance(SETTINGS.drainInterval());
    return topology.read(Topic.FORECASTS, Forecast.class);
  }

  private List<Adaptation> decisions() {
    return topology.read(Topic.ADAPTATIONS, Adaptation.class);
  }
}
