package io.dynadiff.cli.demo;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.Condition;
import io.dynadiff.schemas.avro.Coordinates;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.schemas.avro.Normalisation;
import io.dynadiff.schemas.avro.RequestReason;
import io.dynadiff.schemas.avro.SamplerSettings;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records of a small environment, as the roles would publish them. */
final class DemoRecords {

  static final String ENVIRONMENT = "lambda-omega/shifting";
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final FieldGrid GRID =
      new FieldGrid(4, 4, 0.0, 0.0, 1.0, 1.0, "1", Coordinates.PLANE, true);
  private static final List<Channel> CHANNELS = List.of(new Channel("u", "1"));

  private DemoRecords() {}

  static FieldFrame frame(long sequence) {
    return FieldFrame.newBuilder()
        .setRunId("run")
        .setSystem("lambda-omega")
        .setEnvironmentId(ENVIRONMENT)
        .setSequence(sequence)
        .setEventTime(START.plusMillis(200 * sequence))
        .setIntervalMs(200)
        .setGrid(GRID)
        .setChannels(CHANNELS)
        .setField(field())
        .setConditions(List.of(new Condition("beta", 1.1, "1")))
        .build();
  }

  static Forecast forecast(long sequence, long weightsVersion) {
    return Forecast.newBuilder()
        .setRunId("run")
        .setSystem("lambda-omega")
        .setEnvironmentId(ENVIRONMENT)
        .setIssueSequence(sequence)
        .setIssueTime(START.plusMillis(200 * sequence))
        .setIntervalMs(200)
        .setLeadSteps(List.of(1))
        .setWeightsVersion(weightsVersion)
        .setWeightsId("sha")
        .setBundleId("bundle")
        .setGrid(GRID)
        .setChannels(CHANNELS)
        .setMembers(1)
        .setMean(field())
        .setFrameIngestedAt(START)
        .setProducedAt(START)
        .build();
  }

  static ForecastScore score(long sequence, LeadScore... leads) {
    return ForecastScore.newBuilder()
        .setRunId("run")
        .setSystem("lambda-omega")
        .setEnvironmentId(ENVIRONMENT)
        .setSequence(sequence)
        .setEventTime(START)
        .setBundleId("bundle")
        .setLeads(List.of(leads))
        .setScoredAt(START)
        .build();
  }

  static LeadScore lead(int steps, long version, double error, Double retired) {
    return LeadScore.newBuilder()
        .setLeadSteps(steps)
        .setIssueSequence(0)
        .setWeightsVersion(version)
        .setRmse(List.of(error))
        .setNormalisedRmse(error)
        .setBias(List.of(0.0))
        .setSsim(1)
        .setCrps(error)
        .setPersistenceNormalisedRmse(0.5)
        .setSkill(1 - error / 0.5)
        .setRetiredWeightsVersion(retired == null ? null : version - 1)
        .setRetiredNormalisedRmse(retired)
        .build();
  }

  static ExpertWeights weights(long version, RequestReason reason, Instant windowCompletedAt) {
    return weights(version, reason, windowCompletedAt, List.of(new Condition("beta", 1.12, "1")));
  }

  static ExpertWeights weights(
      long version,
      RequestReason reason,
      Instant windowCompletedAt,
      List<Condition> inferredConditions) {
    return ExpertWeights.newBuilder()
        .setRunId("run")
        .setSystem("lambda-omega")
        .setEnvironmentId(ENVIRONMENT)
        .setWeightsVersion(version)
        .setWeightsId("sha")
        .setBundleId("bundle")
        .setExpertSpec("{}")
        .setMembers(List.of())
        .setWeights(field())
        .setNormalisation(new Normalisation(List.of(0.0), List.of(1.0)))
        .setReason(reason)
        .setFirstSequence(0)
        .setLastSequence(9)
        .setInferredConditions(inferredConditions)
        .setWindowScore(0.1)
        .setCandidateScores(List.of(0.1))
        .setSampler(new SamplerSettings("dpm-solver++2m", 8, 1.0, 1, 7L))
        .setTimingsMs(Map.of())
        .setWindowCompletedAt(windowCompletedAt)
        .setGeneratedAt(windowCompletedAt.plusMillis(100))
        .build();
  }

  static Adaptation accepted(long version, Instant decidedAt) {
    return Adaptation.newBuilder()
        .setRunId("run")
        .setSystem("lambda-omega")
        .setEnvironmentId(ENVIRONMENT)
        .setSequence(10)
        .setDecision(Decision.ACCEPTED)
        .setReason("not worse")
        .setWeightsVersion(version)
        .setIncumbentVersion(version - 1)
        .setNumbers(Map.of())
        .setDecidedAt(decidedAt)
        .build();
  }

  private static Tensor field() {
    return TensorCodec.encode(new float[16], DType.FLOAT32, 1, 4, 4);
  }
}
