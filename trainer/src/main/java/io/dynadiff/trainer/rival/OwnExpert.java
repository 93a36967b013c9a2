package io.dynadiff.trainer.rival;

import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.evaluation.ExpertPredictor;
import io.dynadiff.trainer.evaluation.ExpertRollouts;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.evaluation.Predictor;
import java.util.Map;

/**
 * One-per-Env: the base fine-tuned on each environment's own training trajectories, which no other
 * method may see of an unseen environment. What a generated expert is measured against.
 */
public final class OwnExpert implements Method {

  /** Name in results. */
  public static final String NAME = "one-per-env";

  private final ExpertRollouts rollouts;
  private final Map<String, float[]> weights;

  /**
   * @param rollouts closed with this method
   * @param weights flat weights by environment
   */
  public OwnExpert(ExpertRollouts rollouts, Map<String, float[]> weights) {
    this.rollouts = rollouts;
    this.weights = Map.copyOf(weights);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Predictor adapt(EnvironmentData environment, AdaptationCase adaptation) {
    return new ExpertPredictor(rollouts, weights.get(environment.id()), 0);
  }

  @Override
  public void close() {
    rollouts.close();
  }
}
