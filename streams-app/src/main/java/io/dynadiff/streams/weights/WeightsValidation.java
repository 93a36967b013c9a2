package io.dynadiff.streams.weights;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.schemas.avro.EnsembleMember;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What weights must be before a forecaster looks at them. Thread-safe. */
public final class WeightsValidation {

  private final ServedSystems systems;

  public WeightsValidation(ServedSystems systems) {
    this.systems = systems;
  }

  /**
   * Says why weights that came under a record key are refused, or nothing.
   *
   * @param newestVersion highest valid version seen for the environment, 0 for none
   */
  public Optional<String> objection(String key, ExpertWeights record, long newestVersion) {
    if (!record.getEnvironmentId().equals(key)) {
      return Optional.of(
          "expected the record key to be environmentId \""
              + record.getEnvironmentId()
              + "\", found \""
              + key
              + "\"");
    }
    Optional<ServedSystem> served = systems.find(record.getSystem());
    if (served.isEmpty()) {
      return Optional.of(
          "expected a system of " + systems.names() + ", found \"" + record.getSystem() + "\"");
    }
    if (record.getWeightsVersion() <= newestVersion) {
      return Optional.of(
          "expected a version above " + newestVersion + ", found " + record.getWeightsVersion());
    }
    return lineage(record, served.get()).or(() -> content(record, served.get()));
  }

  private static Optional<String> lineage(ExpertWeights record, ServedSystem served) {
    if (!record.getBundleId().equals(served.bundleId())) {
      return Optional.of(
          "expected weights of bundle " + served.bundleId() + ", found " + record.getBundleId());
    }
    String spec = served.expertSpec().toJson();
    if (!record.getExpertSpec().equals(spec)) {
      return Optional.of("expected expert " + spec + ", found " + record.getExpertSpec());
    }
    double[] offsets = doubles(record.getNormalisation().getOffsets());
    double[] scales = doubles(record.getNormalisation().getScales());
    FieldNormalisation expected = served.normalisation();
    if (!Arrays.equals(offsets, expected.offsets()) || !Arrays.equals(scales, expected.scales())) {
      return Optional.of(
          "expected normalisation with "
              + expected
              + ", found offsets "
              + Arrays.toString(offsets)
              + ", scales "
              + Arrays.toString(scales));
    }
    return Optional.empty();
  }

  private static Optional<String> content(ExpertWeights record, ServedSystem served) {
    Optional<String> best = content("", record.getWeightsId(), record.getWeights(), served);
    List<EnsembleMember> members = record.getMembers();
    for (int m = 0; best.isEmpty() && m < members.size(); m++) {
      EnsembleMember member = members.get(m);
      best =
          content("member " + (m + 2) + ": ", member.getWeightsId(), member.getWeights(), served);
    }
    return best;
  }

  private static Optional<String> content(
      String name, String claimedId, Tensor tensor, ServedSystem served) {
    String id = WeightsId.of(tensor.getData());
    if (!id.equals(claimedId)) {
      return Optional.of(name + "expected SHA-256 " + claimedId + ", found " + id);
    }
    float[] weights;
    try {
      weights = TensorCodec.decode(tensor);
    } catch (IllegalArgumentException e) {
      return Optional.of(name + e.getMessage());
    }
    int count = served.expertSpec().parameterCount();
    if (weights.length != count || tensor.getShape().size() != 1) {
      return Optional.of(
          name + "expected a tensor of shape [" + count + "], found " + tensor.getShape());
    }
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        return Optional.of(
            name + "expected finite weights, found " + weights[i] + " at index " + i);
      }
    }
    return Optional.empty();
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
