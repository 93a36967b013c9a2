package io.dynadiff.trainer.expert;

import io.dynadiff.trainer.data.EnvironmentData;
import java.util.List;

/**
 * One expert of the zoo.
 *
 * @param weights flat weights
 * @param environments the environment it was trained on, or the two that a mix lies between
 * @param condition standardised conditions of its (mixed) environment
 */
public record ZooExpert(float[] weights, List<EnvironmentData> environments, float[] condition) {

  /** Whether it is a mix of two experts. */
  public boolean mixed() {
    return environments.size() > 1;
  }
}
