package io.dynadiff.streams.generate;

import io.dynadiff.models.generation.GeneratedExpert;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.BundleAnnouncement;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.streams.adapt.Prompts;
import io.dynadiff.streams.decision.Decisions;
import io.dynadiff.streams.systems.ServedSystem;
import io.micrometer.core.instrument.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a batch of requests: the newest of each environment with weights, every other one with
 * the reason why not. Confined to the thread that opened the generators.
 */
final class AnswerPrompts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerPrompts.class);

  private final LoadedGenerators generators;
  private final AnnouncedBundles announced;
  private final DType weightsDtype;
  private final LongSupplier clock;

  /**
   * Answers with generators that it closes.
   *
   * @param generators those of the bundles that the role was started with
   * @param opener opens those of bundles that are announced later
   * @param clock wall-clock time, milliseconds since the epoch
   */
  AnswerPrompts(
      LoadedGenerators generators,
      Generator.Opener opener,
      GenerateSettings settings,
      LongSupplier clock) {
    this.generators = generators;
    this.announced = new AnnouncedBundles(generators, opener, settings);
    this.weightsDtype = settings.weightsDtype();
    this.clock = clock;
  }

  /** Loads an announced bundle, or keeps what is there and says why. */
  Optional<String> take(BundleAnnouncement announcement) {
    return announced.take(announcement);
  }

  /** What to publish: weights, and one decision for every request. */
  record Answers(List<ExpertWeights> weights, List<Adaptation> decisions) {}

  /** Answers requests, given in the order they were made. */
  Answers answer(List<PromptRequest> requests) {
    Answers answers = new Answers(new ArrayList<>(), new ArrayList<>());
    Map<String, PromptRequest> newest = new LinkedHashMap<>();
    for (PromptRequest request : requests) {
      PromptRequest other = newest.get(request.getEnvironmentId());
      if (other == null) {
        newest.put(request.getEnvironmentId(), request);
        continue;
      }
      boolean newer = request.getWeightsVersion() > other.getWeightsVersion();
      PromptRequest winner = newer ? request : other;
      newest.put(request.getEnvironmentId(), winner);
      refuse(newer ? other : request, "superseded by request " + winner.getRequestId(), answers);
      count("superseded", 1);
    }
    Map<String, List<PromptRequest>> byBundle = new LinkedHashMap<>();
    for (PromptRequest request : newest.values()) {
      byBundle.computeIfAbsent(request.getBundleId(), id -> new ArrayList<>()).add(request);
    }
    byBundle.forEach((bundleId, batch) -> answer(bundleId, batch, answers));
    return answers;
  }

  private void answer(String bundleId, List<PromptRequest> batch, Answers answers) {
    LoadedGenerators.Loaded loaded = generators.find(bundleId).orElse(null);
    if (loaded == null) {
      count("refused", batch.size());
      batch.forEach(
          request ->
              refuse(
                  request,
                  "expected a request of a bundle in "
                      + generators.bundleIds()
                      + ", found "
                      + bundleId,
                  answers));
      return;
    }
    Map<PromptRequest, GenerationRequest> readable = new LinkedHashMap<>();
    for (PromptRequest request : batch) {
      try {
        readable.put(request, read(request, loaded.served()));
      } catch (IllegalArgumentException e) {
        count("refused", 1);
        refuse(request, e.getMessage(), answers);
      }
    }
    List<GeneratedExpert> experts;
    try {
      experts = loaded.generator().generate(List.copyOf(readable.values()));
    } catch (RuntimeException e) {
      LOG.warn("generation of {} failed, trying its requests one by one", readable.keySet().size());
      LOG.debug("generation failed", e);
      readable.forEach((request, one) -> answerAlone(loaded, request, one, answers));
      return;
    }
    int next = 0;
    for (PromptRequest request : readable.keySet()) {
      accept(request, loaded.served(), experts.get(next++), answers);
    }
  }

  private void answerAlone(
      LoadedGenerators.Loaded loaded,
      PromptRequest request,
      GenerationRequest one,
      Answers answers) {
    GeneratedExpert expert;
    try {
      expert = loaded.generator().generate(List.of(one)).get(0);
    } catch (RuntimeException e) {
      LOG.error("generation for request {} failed", request.getRequestId(), e);
      count("failed", 1);
      refuse(request, "generation failed: " + e, answers);
      return;
    }
    accept(request, loaded.served(), expert, answers);
  }

  private static GenerationRequest read(PromptRequest request, ServedSystem served) {
    if (!request.getSystem().equals(served.system())) {
      throw new IllegalArgumentException(
          "expected a request for system "
              + served.system()
              + " of bundle "
              + served.bundleId()
              + ", found \""
              + request.getSystem()
              + "\"");
    }
    return new GenerationRequest(
        request.getEnvironmentId(),
        Prompts.window(request, served.shape()),
        Prompts.features(request),
        request.getSeed());
  }

  private void accept(
      PromptRequest request, ServedSystem served, GeneratedExpert expert, Answers answers) {
    count("generated", 1);
    long now = clock.getAsLong();
    answers.weights().add(GeneratedWeights.record(request, served, expert, weightsDtype, now));
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("windowScore", expert.windowScore());
    numbers.put("members", (double) expert.members().size());
    numbers.put("candidates", (double) expert.candidateScores().length);
    numbers.put("sinceWindowMs", (double) (now - request.getWindowCompletedAt().toEpochMilli()));
    numbers.putAll(GeneratedWeights.timings(expert));
    for (int i = 0; i < expert.inferredConditions().length; i++) {
      numbers.put("inferred." + served.conditions().get(i).name(), expert.inferredConditions()[i]);
    }
    answers
        .decisions()
        .add(
            decisions(request, now)
                .record(
                    Decision.GENERATED,
                    "best of "
                        + expert.candidateScores().length
                        + " candidates on sequences "
                        + request.getFirstSequence()
                        + ".."
                        + request.getLastSequence(),
                    request.getWeightsVersion(),
                    null,
                    numbers));
  }

  private void refuse(PromptRequest request, String reason, Answers answers) {
    answers
        .decisions()
        .add(
            decisions(request, clock.getAsLong())
                .record(Decision.REFUSED, reason, request.getWeightsVersion(), null, Map.of()));
  }

  private static void count(String outcome, int requests) {
    Metrics.counter("dynadiff.requests", "outcome", outcome).increment(requests);
  }

  private static Decisions decisions(PromptRequest request, long now) {
    return new Decisions(
        request.getRunId(),
        request.getSystem(),
        request.getEnvironmentId(),
        request.getLastSequence(),
        now);
  }

  @Override
  public void close() {
    generators.close();
  }
}
