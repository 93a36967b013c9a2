package io.dynadiff.trainer.evaluation;

import io.dynadiff.trainer.data.RolloutCase;
import java.util.List;

/**
 * Forecasts with one expert.
 *
 * @param rollouts runs experts of this architecture; stays the caller's to close
 * @param weights flat weights
 * @param adaptationSeconds wall time it took to come by the weights
 */
public record ExpertPredictor(ExpertRollouts rollouts, float[] weights, double adaptationSeconds)
    implements Predictor {

  @Override
  public List<float[][]> rollout(List<RolloutCase> starts, int leads) {
    return rollouts.rollout(weights, starts, leads);
  }
}
