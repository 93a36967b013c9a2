package io.dynadiff.streams.forecast;

import io.dynadiff.streams.Samples;
import io.dynadiff.streams.weights.IncomingExperts;
import io.dynadiff.streams.weights.WeightsId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a test hands in instead of the weights topic. */
final class HandedExperts implements IncomingExperts {

  private final Map<String, Challenger> newest = new HashMap<>();
  private final Map<String, List<Refusal>> refusals = new HashMap<>();
  private long changes;

  void hand(String environmentId, long version, float step) {
    hand(environmentId, version, step, Samples.SYSTEM, "bundle-1");
  }

  void hand(String environmentId, long version, float step, String system, String bundleId) {
    float[] weights = Samples.weights(step);
    newest.put(
        environmentId,
        new Challenger(
            "run-1",
            system,
            bundleId,
            version,
            List.of(WeightsId.of(weights)),
            List.of(weights),
            0.5,
            0,
            0));
    changes++;
  }

  /** Hands in an ensemble. */
  void handMembers(String environmentId, long version, float... steps) {
    List<float[]> members = new ArrayList<>();
    for (float step : steps) {
      members.add(Samples.weights(step));
    }
    newest.put(
        environmentId,
        new Challenger(
            "run-1",
            Samples.SYSTEM,
            "bundle-1",
            version,
            members.stream().map(WeightsId::of).toList(),
            members,
            0.5,
            0,
            0));
    changes++;
  }

  void refuse(String environmentId, long offset, Long version, String reason) {
    refusals
        .computeIfAbsent(environmentId, e -> new ArrayList<>())
        .add(new Refusal(offset, version, reason));
    changes++;
  }

  @Override
  public long changes() {
    return changes;
  }

  @Override
  public Optional<Challenger> newest(String environmentId) {
    return Optional.ofNullable(newest.get(environmentId));
  }

  @Override
  public List<Refusal> refusals(String environmentId) {
    return refusals.getOrDefault(environmentId, List.of());
  }
}
