package io.dynadiff.models.generation;

/**
 * Wall time of each phase of one batch of generation, in milliseconds.
 *
 * @param promptMs features to prompt
 * @param samplingMs prompt to latents
 * @param decodingMs latents to weights
 * @param selectionMs scoring the candidates on the window
 */
public record PhaseTimings(
    double promptMs, double samplingMs, double decodingMs, double selectionMs) {}
