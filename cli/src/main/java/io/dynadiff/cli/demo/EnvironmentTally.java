package io.dynadiff.cli.demo;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What the topics say about one environment; one thread at a time. */
final class EnvironmentTally {

  /** A version of an expert that was put to use, and what became of it. */
  record Swap(
      String environmentId,
      long version,
      long retiredVersion,
      String reason,
      OptionalDouble latencyMs,
      ErrorMean firstLead,
      ErrorMean rollout) {}

  private record WeightsSeen(String reason, Instant windowCompletedAt, String conditions) {}

  private record Accepted(long version, long incumbent, Instant decidedAt) {}

  private final String environmentId;
  private String system = "";
  private long published;
  private final SequenceCount admitted = new SequenceCount();
  private final Map<String, Long> rejected = new TreeMap<>();
  private final SequenceCount forecasts = new SequenceCount();
  private final SequenceCount scores = new SequenceCount();
  private final ErrorMean firstLead = new ErrorMean();
  private final ErrorMean rollout = new ErrorMean();
  private final Map<Long, WeightsSeen> weights = new TreeMap<>();
  private final List<Accepted> accepted = new ArrayList<>();
  private final Map<Long, ErrorMean> trialFirstLead = new TreeMap<>();
  private final Map<Long, ErrorMean> trialRollout = new TreeMap<>();
  private long kept;
  private long weightsVersion;
  private double lastError = Double.NaN;
  private double lastPersistenceError = Double.NaN;
  private String knownConditions = "";
  private FieldFrame newest;

  EnvironmentTally(String environmentId) {
    this.environmentId = environmentId;
  }

  void published() {
    published++;
  }

  void rejected(String reason) {
    rejected.merge(reason, 1L, Long::sum);
  }

  void admitted(FieldFrame frame) {
    system = frame.getSystem();
    admitted.add(frame.getSequence());
    newest = frame;
    if (frame.getConditions() != null) {
      knownConditions = Conditions.text(frame.getConditions());
    }
  }

  void forecast(Forecast forecast) {
    forecasts.add(forecast.getIssueSequence());
    weightsVersion = forecast.getWeightsVersion();
  }

  void score(ForecastScore score) {
    scores.add(score.getSequence());
    for (LeadScore lead : score.getLeads()) {
      double error = lead.getNormalisedRmse();
      double persistence = lead.getPersistenceNormalisedRmse();
      rollout.add(error, persistence);
      Double retired = lead.getRetiredNormalisedRmse();
      if (retired != null) {
        mean(trialRollout, lead).add(error, retired);
      }
      if (lead.getLeadSteps() == 1) {
        firstLead.add(error, persistence);
        lastError = error;
        lastPersistenceError = persistence;
        if (retired != null) {
          mean(trialFirstLead, lead).add(error, retired);
        }
      }
    }
  }

  void adaptation(Adaptation adaptation) {
    if (adaptation.getDecision() == Decision.ACCEPTED) {
      Long incumbent = adaptation.getIncumbentVersion();
      accepted.add(
          new Accepted(
              adaptation.getWeightsVersion(),
              incumbent == null ? 0 : incumbent,
              adaptation.getDecidedAt()));
    } else if (adaptation.getDecision() == Decision.KEPT_INCUMBENT) {
      kept++;
    }
  }

  void weights(ExpertWeights record) {
    weights.put(
        record.getWeightsVersion(),
        new WeightsSeen(
            record.getReason().name(),
            record.getWindowCompletedAt(),
            Conditions.text(record.getInferredConditions())));
  }

  String environmentId() {
    return environmentId;
  }

  /** Returns the system, empty before the first admitted frame. */
  String system() {
    return system;
  }

  long publishedCount() {
    return published;
  }

  SequenceCount admitted() {
    return admitted;
  }

  SequenceCount forecasts() {
    return forecasts;
  }

  SequenceCount scores() {
    return scores;
  }

  /** Returns the number of rejected frames by reason. */
  Map<String, Long> rejectedByReason() {
    return rejected;
  }

  long rejectedCount() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the normalised errors of one interval ahead, beside persistence. */
  ErrorMean firstLead() {
    return firstLead;
  }

  /** Returns the normalised errors of all leads, beside persistence. */
  ErrorMean rollout() {
    return rollout;
  }

  long weightsVersion() {
    return weightsVersion;
  }

  double lastError() {
    return lastError;
  }

  double lastPersistenceError() {
    return lastPersistenceError;
  }

  /** Returns the conditions that were read off the window behind the expert in use, or "". */
  String inferredConditions() {
    WeightsSeen seen = weights.get(weightsVersion);
    return seen == null ? "" : seen.conditions();
  }

  /** Returns the conditions that the source says the newest frame has, or "". */
  String knownConditions() {
    return knownConditions;
  }

  long kept() {
    return kept;
  }

  long swapCount() {
    return accepted.size();
  }

  /** Returns the newest admitted frame, or null before the first. */
  FieldFrame newest() {
    return newest;
  }

  List<Swap> swaps() {
    return accepted.stream().map(this::swap).toList();
  }

  private Swap swap(Accepted decision) {
    WeightsSeen seen = weights.get(decision.version());
    return new Swap(
        environmentId,
        decision.version(),
        decision.incumbent(),
        seen == null ? "" : seen.reason(),
        seen == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                decision.decidedAt().toEpochMilli() - seen.windowCompletedAt().toEpochMilli()),
        trialFirstLead.getOrDefault(decision.version(), new ErrorMean()),
        trialRollout.getOrDefault(decision.version(), new ErrorMean()));
  }

  private static ErrorMean mean(Map<Long, ErrorMean> means, LeadScore lead) {
    return means.computeIfAbsent(lead.getWeightsVersion(), version -> new ErrorMean());
  }
}
