package io.dynadiff.models.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A request whose window has been read.
 *
 * @param request the request
 * @param conditions standardised conditions, as inferred or refined
 * @param condition what conditions generation, axes [1, condition]
 * @param scope owns whatever is made for this request; freed once it is answered
 */
public record PromptedRequest(
    GenerationRequest request, float[] conditions, NDArray condition, NDManager scope) {}
