package io.dynadiff.streams.generate;

import io.dynadiff.models.generation.GeneratedExpert;
import io.dynadiff.schemas.avro.Condition;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.EnsembleMember;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.Normalisation;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.avro.SamplerSettings;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.weights.WeightsId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Generated experts as records, with their full lineage. */
final class GeneratedWeights {

  private GeneratedWeights() {}

  /**
   * Writes the answer to a request.
   *
   * @param dtype numbers that the weights travel as
   * @param now wall-clock time, milliseconds since the epoch
   */
  static ExpertWeights record(
      PromptRequest request, ServedSystem served, GeneratedExpert expert, DType dtype, long now) {
    List<EnsembleMember> members = new ArrayList<>();
    for (int m = 0; m < expert.members().size(); m++) {
      float[] weights = expert.members().get(m);
      Tensor tensor = TensorCodec.encode(weights, dtype, weights.length);
      members.add(
          new EnsembleMember(WeightsId.of(tensor.getData()), tensor, expert.candidateScores()[m]));
    }
    EnsembleMember best = members.get(0);
    return ExpertWeights.newBuilder()
        .setRunId(request.getRunId())
        .setSystem(request.getSystem())
        .setEnvironmentId(request.getEnvironmentId())
        .setWeightsVersion(request.getWeightsVersion())
        .setWeightsId(best.getWeightsId())
        .setBundleId(served.bundleId())
        .setExpertSpec(served.expertSpec().toJson())
        .setWeights(best.getWeights())
        .setMembers(List.copyOf(members.subList(1, members.size())))
        .setNormalisation(
            new Normalisation(
                boxed(served.normalisation().offsets()), boxed(served.normalisation().scales())))
        .setReason(request.getReason())
        .setFirstSequence(request.getFirstSequence())
        .setLastSequence(request.getLastSequence())
        .setInferredConditions(conditions(served, expert))
        .setWindowScore(expert.windowScore())
        .setCandidateScores(boxed(expert.candidateScores()))
        .setSampler(
            new SamplerSettings(
                expert.sampler().name(),
                expert.sampler().steps(),
                expert.sampler().temperature(),
                expert.sampler().candidates(),
                expert.sampler().seed()))
        .setTimingsMs(timings(expert))
        .setWindowCompletedAt(request.getWindowCompletedAt())
        .setGeneratedAt(Instant.ofEpochMilli(now))
        .build();
  }

  /** Milliseconds by phase. */
  static Map<String, Double> timings(GeneratedExpert expert) {
    return Map.of(
        "prompt", expert.timings().promptMs(),
        "sampling", expert.timings().samplingMs(),
        "decoding", expert.timings().decodingMs(),
        "selection", expert.timings().selectionMs());
  }

  private static List<Condition> conditions(ServedSystem served, GeneratedExpert expert) {
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < expert.inferredConditions().length; i++) {
      conditions.add(
          new Condition(
              served.conditions().get(i).name(),
              expert.inferredConditions()[i],
              served.conditions().get(i).unit()));
    }
    return conditions;
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
