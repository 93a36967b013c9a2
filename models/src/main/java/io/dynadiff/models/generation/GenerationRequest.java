package io.dynadiff.models.generation;

import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import java.util.Optional;

/**
 * One environment that waits for an expert.
 *
 * @param environmentId the environment
 * @param window its last frames, in physical units
 * @param features the features of that window
 * @param seed seed of the sampler's noise
 * @param incumbent flat weights that the environment has now, if they may be a candidate
 * @param conditions the true conditions, in the bundle's order and units, for bundles that are
 *     conditioned on known ones; not looked at by others
 */
public record GenerationRequest(
    String environmentId,
    ObservationWindow window,
    WindowFeatures features,
    long seed,
    Optional<float[]> incumbent,
    Optional<double[]> conditions) {

  /** A request that does not know the true conditions. */
  public GenerationRequest(
      String environmentId,
      ObservationWindow window,
      WindowFeatures features,
      long seed,
      Optional<float[]> incumbent) {
    this(environmentId, window, features, seed, incumbent, Optional.empty());
  }

  /** A request that knows of no incumbent. */
  public GenerationRequest(
      String environmentId, ObservationWindow window, WindowFeatures features, long seed) {
    this(environmentId, window, features, seed, Optional.empty());
  }
}
