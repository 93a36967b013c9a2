package io.dynadiff.models.generation;

import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;

/**
 * One environment that waits for an expert.
 *
 * @param environmentId the environment
 * @param window its last frames, in physical units
 * @param features the features of that window
 * @param seed seed of the sampler's noise
 */
public record GenerationRequest(
    String environmentId, ObservationWindow window, WindowFeatures features, long seed) {}
