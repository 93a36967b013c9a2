package io.dynadiff.console.state;

import io.dynadiff.schemas.avro.EnsembleMember;
import io.dynadiff.schemas.avro.ExpertWeights;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where one version of an expert comes from: everything its record says but the weights.
 *
 * @param parameters number of weights of one member
 * @param members number of members
 * @param memberIds SHA-256 of each member's weights, best first
 * @param architecture the expert's specification as JSON
 * @param seed of the sampler, in decimal: more digits than JavaScript's numbers hold
 */
public record ExpertOrigin(
    long version,
    String runId,
    String weightsId,
    String bundleId,
    String architecture,
    long parameters,
    int members,
    List<String> memberIds,
    String reason,
    long firstSequence,
    long lastSequence,
    List<Condition> inferred,
    double windowScore,
    List<Double> candidateScores,
    String sampler,
    int samplerSteps,
    double temperature,
    int candidates,
    String seed,
    Map<String, Double> timingsMs,
    long windowCompletedAtMs,
    long generatedAtMs) {

  /** What a record says of its origin; the weights are not kept. */
  static ExpertOrigin of(ExpertWeights record) {
    List<String> ids =
        Stream.concat(
                Stream.of(record.getWeightsId()),
                record.getMembers().stream().map(EnsembleMember::getWeightsId))
            .toList();
    return new ExpertOrigin(
        record.getWeightsVersion(),
        record.getRunId(),
        record.getWeightsId(),
        record.getBundleId(),
        record.getExpertSpec(),
        record.getWeights().getShape().stream()
            .mapToLong(Integer::longValue)
            .reduce(1, (a, b) -> a * b),
        ids.size(),
        ids,
        record.getReason().name(),
        record.getFirstSequence(),
        record.getLastSequence(),
        Condition.of(record.getInferredConditions()),
        record.getWindowScore(),
        List.copyOf(record.getCandidateScores()),
        record.getSampler().getName(),
        record.getSampler().getSteps(),
        record.getSampler().getTemperature(),
        record.getSampler().getCandidates(),
        Long.toString(record.getSampler().getSeed()),
        new TreeMap<>(record.getTimingsMs()),
        record.getWindowCompletedAt().toEpochMilli(),
        record.getGeneratedAt().toEpochMilli());
  }
}
