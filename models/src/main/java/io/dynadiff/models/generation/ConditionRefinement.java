package io.dynadiff.models.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dynadiff.models.candidates.ConditionSearch;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.window.ObservationWindow;
import java.util.List;
import java.util.Random;

/**
 * Seeks, around the conditions that the prompter inferred, those whose expert forecasts the window
 * best.
 *
 * <p>The prompter reads conditions off features; the experts themselves know more: among experts of
 * neighbouring conditions the one that continues the observed frames is the one whose conditions
 * they came from. Each round draws conditions around the best so far, half as far as the round
 * before, and no gradient is taken. A handful of numbers fitted to a window does not overfit it as
 * all weights of an expert would.
 *
 * <p>Deterministic for a window and a seed. Confined to one thread.
 */
final class ConditionRefinement {

  private final ConditionSearch search;
  private final int scoreSteps;
  private final RegressedMean mean;
  private final LatentDecoder decoder;
  private final StackedForecaster forecaster;

  ConditionRefinement(
      ConditionSearch search,
      int scoreSteps,
      RegressedMean mean,
      LatentDecoder decoder,
      StackedForecaster forecaster) {
    this.search = search;
    this.scoreSteps = scoreSteps;
    this.mean = mean;
    this.decoder = decoder;
    this.forecaster = forecaster;
  }

  /**
   * Searches.
   *
   * @param inferred standardised conditions
   * @param window what the experts are to continue
   * @return the best conditions found, standardised; the inferred ones for a window of one frame
   */
  float[] refine(float[] inferred, ObservationWindow window, long seed, NDManager scope) {
    if (!search.present() || window.length() < 2) {
      return inferred;
    }
    Random random = new Random(seed);
    float[] best = inferred;
    double spread = search.spread();
    for (int round = 0; round < search.rounds(); round++, spread /= 2) {
      float[][] tried = around(best, spread, random);
      best = tried[bestOf(tried, window, scope)];
    }
    return best;
  }

  /** The centre itself first, so that a round never ends worse than it began. */
  private float[][] around(float[] centre, double spread, Random random) {
    float[][] tried = new float[search.candidates()][];
    tried[0] = centre;
    for (int c = 1; c < tried.length; c++) {
      tried[c] = centre.clone();
      for (int i = 0; i < centre.length; i++) {
        tried[c][i] += (float) (spread * random.nextGaussian());
      }
    }
    return tried;
  }

  private int bestOf(float[][] conditions, ObservationWindow window, NDManager scope) {
    double[] scores;
    try (NDManager round = scope.newSubManager()) {
      NDArray batch = round.create(conditions);
      List<float[]> experts = decoder.decode(mean.latents(batch));
      scores = forecaster.windowScores(experts, window, scoreSteps);
    }
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] < scores[best] ? i : best;
    }
    return best;
  }
}
