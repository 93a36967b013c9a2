package io.dynadiff.models.generation;

import ai.djl.ndarray.NDManager;
import io.dynadiff.models.candidates.ConditionSearch;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.window.ObservationWindow;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Seeks, around the conditions that the prompter inferred, those whose expert forecasts the window
 * best.
 *
 * <p>The prompter reads conditions off features; the experts themselves know more: among experts of
 * neighbouring conditions the one that continues the observed frames is the one whose conditions
 * they came from. Each round draws conditions around a centre, half as far as the round before, and
 * moves the centre to the mean of the best; no gradient is taken. A handful of numbers fitted to a
 * window does not overfit it as all weights of an expert would.
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
    float[] centre = inferred;
    double spread = search.spread();
    for (int round = 0; round < search.rounds(); round++, spread /= 2) {
      float[][] tried = around(centre, spread, random);
      centre = elite(tried, scores(tried, window, scope));
    }
    return centre;
  }

  /** The centre itself is one of them. */
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

  private double[] scores(float[][] conditions, ObservationWindow window, NDManager scope) {
    try (NDManager round = scope.newSubManager()) {
      List<float[]> experts = decoder.decode(mean.latents(round.create(conditions)));
      return forecaster.windowScores(experts, window, scoreSteps);
    }
  }

  /** The mean of the best quarter: the best alone would follow the noise of a short window. */
  private static float[] elite(float[][] conditions, double[] scores) {
    int count = Math.max(1, conditions.length / 4);
    int[] best =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .limit(count)
            .mapToInt(i -> i)
            .toArray();
    float[] mean = new float[conditions[0].length];
    for (int e : best) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += conditions[e][i] / count;
      }
    }
    return mean;
  }
}
