package io.dynadiff.streams.generate;

import io.dynadiff.models.generation.GeneratedExpert;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.streams.adapt.Prompts;
import io.dynadiff.streams.decision.Decisions;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a batch of requests: the newest of each environment with weights, every other one with
 * the reason why not. Confined to the thread that opened the generators.
 */
final class AnswerPrompts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerPrompts.class);

  private final ServedSystems systems;
  private final DType weightsDtype;
  private final LongSupplier clock;
  private final Map<String, Generator> generators = new HashMap<>();

  /**
   * Opens a generator for every bundle.
   *
   * @param weightsDtype numbers that weights travel as
   * @param clock wall-clock time, milliseconds since the epoch
   */
  AnswerPrompts(
      ServedSystems systems, Generator.Opener opener, DType weightsDtype, LongSupplier clock) {
    this.systems = systems;
    this.weightsDtype = weightsDtype;
    this.clock = clock;
    for (ServedSystem system : systems.all()) {
      generators.put(system.bundleId(), opener.open(system.bundleId()));
    }
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
    }
    Map<String, List<PromptRequest>> byBundle = new LinkedHashMap<>();
    for (PromptRequest request : newest.values()) {
      byBundle.computeIfAbsent(request.getBundleId(), id -> new ArrayList<>()).add(request);
    }
    byBundle.forEach((bundleId, batch) -> answer(bundleId, batch, answers));
    return answers;
  }

  private void answer(String bundleId, List<PromptRequest> batch, Answers answers) {
    Generator generator = generators.get(bundleId);
    if (generator == null) {
      batch.forEach(
          request ->
              refuse(
                  request,
                  "expected a request of a bundle in "
                      + generators.keySet()
                      + ", found "
                      + bundleId,
                  answers));
      return;
    }
    Map<PromptRequest, GenerationRequest> readable = new LinkedHashMap<>();
    for (PromptRequest request : batch) {
      try {
        readable.put(request, read(request));
      } catch (IllegalArgumentException e) {
        refuse(request, e.getMessage(), answers);
      }
    }
    List<GeneratedExpert> experts;
    try {
      experts = generator.generate(List.copyOf(readable.values()));
    } catch (RuntimeException e) {
      LOG.warn("generation of {} failed, trying its requests one by one", readable.keySet().size());
      LOG.debug("generation failed", e);
      readable.forEach((request, one) -> answerAlone(generator, request, one, answers));
      return;
    }
    int next = 0;
    for (PromptRequest request : readable.keySet()) {
      accept(request, experts.get(next++), answers);
    }
  }

  private void answerAlone(
      Generator generator, PromptRequest request, GenerationRequest one, Answers answers) {
    GeneratedExpert expert;
    try {
      expert = generator.generate(List.of(one)).get(0);
    } catch (RuntimeException e) {
      LOG.error("generation for request {} failed", request.getRequestId(), e);
      refuse(request, "generation failed: " + e, answers);
      return;
    }
    accept(request, expert, answers);
  }

  private GenerationRequest read(PromptRequest request) {
    ServedSystem served =
        systems
            .find(request.getSystem())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected a system of "
                            + systems.names()
                            + ", found \""
                            + request.getSystem()
                            + "\""));
    return new GenerationRequest(
        request.getEnvironmentId(),
        Prompts.window(request, served.shape()),
        Prompts.features(request),
        request.getSeed());
  }

  private void accept(PromptRequest request, GeneratedExpert expert, Answers answers) {
    ServedSystem served = systems.require(request.getSystem());
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
    generators.values().forEach(Generator::close);
  }
}
