package io.dynadiff.trainer.rival;

import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.evaluation.ExpertPredictor;
import io.dynadiff.trainer.evaluation.ExpertRollouts;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.evaluation.Predictor;

/** One expert for all environments: the base as it is, or a larger one. */
public final class FixedExpert implements Method {

  private final String name;
  private final ExpertRollouts rollouts;
  private final float[] weights;

  /**
   * @param rollouts closed with this method
   */
  public FixedExpert(String name, ExpertRollouts rollouts, float[] weights) {
    this.name = name;
    this.rollouts = rollouts;
    this.weights = weights;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Predictor adapt(EnvironmentData environment, AdaptationCase adaptation) {
    return new ExpertPredictor(rollouts, weights, 0);
  }

  @Override
  public void close() {
    rollouts.close();
  }
}
