package io.dynadiff.streams.forecast;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ControlAction;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.TestTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The topology of the forecast role with one environment, "a", whose truth rises by 1 a frame. */
final class ForecasterUnderTest implements AutoCloseable {

  static final ForecastSettings SETTINGS =
      new ForecastSettings(
          Duration.ofMillis(25),
          6,
          0,
          8,
          new RollBackSettings(0.1, 3, 2),
          new EnsembleSettings(3, true, 0.05, 2));

  final HandedExperts experts = new HandedExperts();
  private final TestTopology topology;
  private long next;

  ForecasterUnderTest(Path stateDirectory) {
    topology =
        new TestTopology(
            stateDirectory,
            wire ->
                ForecastTopology.build(
                    wire,
                    Samples.systems(),
                    SETTINGS,
                    system -> new StepRollouts(new ArrayList<>()),
                    experts,
                    new AtomicLong()));
  }

  /** Sends frames and forecasts from them. */
  List<Forecast> frames(int count) {
    for (int i = 0; i < count; i++, next++) {
      topology
          .input(Topic.FRAMES_ADMITTED, FieldFrame.class)
          .pipeInput("a", Samples.frame("a", next), 1000 + next);
    }
    topology.advance(SETTINGS.drainInterval());
    return topology.read(Topic.FORECASTS, Forecast.class);
  }

  /** Scores of the newest frame's one-step forecast by the expert in use and the one before. */
  void score(long version, double error, Long retiredVersion, Double retiredError) {
    send(score(next - 1, lead(version, error, retiredVersion, retiredError)));
  }

  void send(ForecastScore score) {
    topology.input(Topic.SCORES, ForecastScore.class).pipeInput("a", score);
  }

  void order(ControlAction action, Long version) {
    order("a", action, version);
  }

  void order(String environmentId, ControlAction action, Long version) {
    topology
        .input(Topic.CONTROLS, ControlCommand.class)
        .pipeInput(environmentId, command(environmentId, action, version));
  }

  List<Adaptation> decisions() {
    return topology.read(Topic.ADAPTATIONS, Adaptation.class);
  }

  /** What was decided since the last call, each as decision and version. */
  List<String> named() {
    return decisions().stream().map(d -> d.getDecision() + " " + d.getWeightsVersion()).toList();
  }

  static ControlCommand command(String environmentId, ControlAction action, Long version) {
    return new ControlCommand(environmentId, "order-1", action, version, Instant.EPOCH);
  }

  static ForecastScore score(long sequence, LeadScore... leads) {
    return new ForecastScore(
        "run-1",
        Samples.SYSTEM,
        "a",
        sequence,
        Instant.EPOCH,
        "bundle-1",
        List.of(leads),
        Instant.EPOCH);
  }

  static LeadScore lead(long version, double error, Long retiredVersion, Double retiredError) {
    return LeadScore.newBuilder()
        .setLeadSteps(1)
        .setIssueSequence(0)
        .setWeightsVersion(version)
        .setRmse(List.of(error))
        .setNormalisedRmse(error)
        .setBias(List.of(0.0))
        .setSsim(1)
        .setCrps(error)
        .setPersistenceNormalisedRmse(1)
        .setSkill(0)
        .setRetiredWeightsVersion(retiredVersion)
        .setRetiredNormalisedRmse(retiredError)
        .build();
  }

  @Override
  public void close() {
    topology.close();
  }
}
