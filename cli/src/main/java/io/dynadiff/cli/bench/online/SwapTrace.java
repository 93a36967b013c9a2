package io.dynadiff.cli.bench.online;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.PromptRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the time went from a complete window to new weights in use, in milliseconds.
 *
 * <pre>
 *   window complete - request written ---- generated ---- received - decided - in use
 *       features    |  to the generator,  |   to the     |   waiting,  judging
 *                   |  its four phases    |  forecaster  |
 * </pre>
 *
 * @param features statistics and spectra of the window
 * @param toGenerator commit of the request, its way, and waiting for others of the same batch
 * @param prompt features to prompt
 * @param sampling prompt to latents
 * @param decoding latents to weights
 * @param selection scoring the candidates on the window
 * @param toForecaster writing the weights, their commit and their way
 * @param swap received to in use
 * @param judging the part of the swap that compares challenger and incumbent
 * @param total all of it
 */
record SwapTrace(
    double features,
    double toGenerator,
    double prompt,
    double sampling,
    double decoding,
    double selection,
    double toForecaster,
    double swap,
    double judging,
    double total) {

  /**
   * Puts together what the topics say about one version of weights.
   *
   * @param accepted the decision to use them
   */
  static SwapTrace of(PromptRequest request, ExpertWeights weights, Adaptation accepted) {
    Map<String, Double> phases = weights.getTimingsMs();
    double window = request.getWindowCompletedAt().toEpochMilli();
    double requested = request.getRequestedAt().toEpochMilli();
    double generated = weights.getGeneratedAt().toEpochMilli();
    double prompt = phases.get("prompt");
    double sampling = phases.get("sampling");
    double decoding = phases.get("decoding");
    double selection = phases.get("selection");
    double judging = accepted.getNumbers().get("judgingMs");
    double sinceWindow = accepted.getNumbers().get("sinceWindowMs");
    double sinceReceived = accepted.getNumbers().get("sinceReceivedMs");
    return new SwapTrace(
        requested - window,
        Math.max(0, generated - requested - prompt - sampling - decoding - selection),
        prompt,
        sampling,
        decoding,
        selection,
        Math.max(0, window + sinceWindow - sinceReceived - generated),
        sinceReceived + judging,
        judging,
        sinceWindow + judging);
  }

  /** What the machine computed, as against what waited or travelled. */
  double computing() {
    return features + prompt + sampling + decoding + selection + judging;
  }

  /** What waited or travelled between the roles. */
  double transport() {
    return toGenerator + toForecaster;
  }

  /** Every part by the name that its figures bear. */
  Map<String, Double> parts() {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("features", features);
    parts.put("to-generator", toGenerator);
    parts.put("prompt", prompt);
    parts.put("sampling", sampling);
    parts.put("decoding", decoding);
    parts.put("selection", selection);
    parts.put("to-forecaster", toForecaster);
    parts.put("swap", swap);
    parts.put("judging", judging);
    parts.put("transport", transport());
    parts.put("computing", computing());
    parts.put("total", total);
    return parts;
  }
}
