package io.dynadiff.trainer.rival;

import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;

/** Where a method that needs conditions has them from. Confined to one thread. */
public interface ConditionReader extends AutoCloseable {

  /**
   * The conditions of an environment.
   *
   * @return physical units, in the system's order
   */
  double[] read(EnvironmentData environment, AdaptationCase adaptation);

  @Override
  default void close() {}

  /** The true conditions, which only somebody who set them knows. */
  static ConditionReader trueConditions() {
    return (environment, adaptation) -> environment.conditions();
  }
}
