package io.dynadiff.trainer.evaluation;

import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A way to forecast an environment from what may be seen of it: the generator, a baseline or a
 * rival, all given the same and scored the same.
 *
 * <p>Confined to one thread; {@link #close} frees what the method holds.
 */
public interface Method extends AutoCloseable {

  /** Name in results: lower-case words joined by hyphens. */
  String name();

  /**
   * Adapts to one environment.
   *
   * @param environment the environment; only a method that says so may look at its true conditions
   *     or its training trajectories
   * @param adaptation the window, and with it what will be scored, which no method may look at
   */
  Predictor adapt(EnvironmentData environment, AdaptationCase adaptation);

  /** Settings worth stating beside the scores, by name; none by default. */
  default SortedMap<String, Double> settings() {
    return new TreeMap<>();
  }

  /** Frees what the method holds; nothing by default. */
  @Override
  default void close() {}
}
