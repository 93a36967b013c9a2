package io.dynadiff.streams.decision;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.streams.metrics.DecisionLog;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * One environment's decisions as records for the adaptations topic, with what all of them share.
 *
 * @param runId run of the newest frame known to the decision
 * @param system its system
 * @param environmentId its environment
 * @param sequence its sequence
 * @param nowMillis wall-clock time of the decision, milliseconds since the epoch
 */
public record Decisions(
    String runId, String system, String environmentId, long sequence, long nowMillis) {

  /**
   * Records a decision.
   *
   * @param reason why, in one sentence
   * @param weightsVersion version it is about, or null
   * @param incumbentVersion version in use before, or null
   * @param numbers the numbers behind it
   */
  public Adaptation record(
      Decision decision,
      String reason,
      Long weightsVersion,
      Long incumbentVersion,
      Map<String, Double> numbers) {
    return DecisionLog.written(
        Adaptation.newBuilder()
            .setRunId(runId)
            .setSystem(system)
            .setEnvironmentId(environmentId)
            .setSequence(sequence)
            .setDecision(decision)
            .setReason(reason)
            .setWeightsVersion(weightsVersion)
            .setIncumbentVersion(incumbentVersion)
            .setNumbers(numbers)
            .setDecidedAt(Instant.ofEpochMilli(nowMillis))
            .build());
  }

  /** A score or an error as it stands in a reason, for people: four significant digits. */
  public static String score(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
