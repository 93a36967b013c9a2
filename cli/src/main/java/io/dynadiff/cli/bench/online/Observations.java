package io.dynadiff.cli.bench.online;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.PromptRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a reader of the topics has seen since the last {@link #clear}. Thread-safe. */
final class Observations {

  private record Version(String environmentId, long weightsVersion) {}

  private final Map<Version, PromptRequest> requests = new HashMap<>();
  private final Map<Version, ExpertWeights> weights = new HashMap<>();
  private final List<Adaptation> accepted = new ArrayList<>();
  private final List<Double> seenMillis = new ArrayList<>();
  private final List<Double> issuedMillis = new ArrayList<>();
  private long forecasts;
  private long scores;
  private long decided;
  private long newestIngest;

  synchronized void request(PromptRequest request) {
    requests.put(new Version(request.getEnvironmentId(), request.getWeightsVersion()), request);
  }

  synchronized void weights(ExpertWeights record) {
    weights.put(new Version(record.getEnvironmentId(), record.getWeightsVersion()), record);
  }

  synchronized void decision(Adaptation adaptation) {
    if (adaptation.getDecision() == Decision.ACCEPTED) {
      accepted.add(adaptation);
    }
    if (adaptation.getDecision() == Decision.ACCEPTED
        || adaptation.getDecision() == Decision.KEPT_INCUMBENT) {
      decided++;
    }
  }

  /**
   * A forecast was seen.
   *
   * @param now wall-clock time, milliseconds since the epoch
   */
  synchronized void forecast(Forecast forecast, long now) {
    long ingested = forecast.getFrameIngestedAt().toEpochMilli();
    forecasts++;
    seenMillis.add((double) (now - ingested));
    issuedMillis.add((double) (forecast.getProducedAt().toEpochMilli() - ingested));
    newestIngest = Math.max(newestIngest, ingested);
  }

  synchronized void score() {
    scores++;
  }

  synchronized long forecasts() {
    return forecasts;
  }

  synchronized long scores() {
    return scores;
  }

  /** Weights that were accepted or turned down. */
  synchronized long decided() {
    return decided;
  }

  /** When the newest frame that a forecast was seen of had been ingested; 0 before the first. */
  synchronized long newestIngestMillis() {
    return newestIngest;
  }

  /** Milliseconds from a frame's ingest until its forecast was seen by a committed reader. */
  synchronized List<Double> seenMillis() {
    return List.copyOf(seenMillis);
  }

  /** Milliseconds from a frame's ingest until its forecast was computed. */
  synchronized List<Double> issuedMillis() {
    return List.copyOf(issuedMillis);
  }

  /** The swaps of which request and weights were seen, too. */
  synchronized List<SwapTrace> swaps() {
    List<SwapTrace> swaps = new ArrayList<>();
    for (Adaptation decision : accepted) {
      Version version = new Version(decision.getEnvironmentId(), decision.getWeightsVersion());
      if (requests.containsKey(version) && weights.containsKey(version)) {
        swaps.add(SwapTrace.of(requests.get(version), weights.get(version), decision));
      }
    }
    return swaps;
  }

  /** Forgets durations and decisions; counts of forecasts and scores go on. */
  synchronized void clear() {
    requests.clear();
    weights.clear();
    accepted.clear();
    seenMillis.clear();
    issuedMillis.clear();
  }
}
