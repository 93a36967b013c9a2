package io.dynadiff.streams.forecast;

import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.streams.systems.ServedSystem;
import java.util.List;

/**
 * Runs experts of one system. Confined to one thread; the processor that opened it closes it.
 *
 * <p>A role of its own so that the topology knows no numerics.
 */
public interface Rollouts extends AutoCloseable {

  /**
   * Rolls all starts out together.
   *
   * @return for each start its field at each lead, {@code result.get(i)[lead - 1]}, in physical
   *     units, axes [channel, y, x]
   */
  List<float[][]> rollout(List<RolloutStart> starts, int leads);

  /**
   * Scores experts on a window, by rollouts from each frame that has enough successors.
   *
   * @param experts members of each, flat weights
   * @return for each the normalised RMSE of its members' mean, averaged over starts and steps
   */
  double[] windowScores(List<List<float[]>> experts, ObservationWindow window);

  @Override
  void close();

  /** Opens rollouts for a system in the calling thread. Thread-safe. */
  @FunctionalInterface
  interface Opener {
    Rollouts open(ServedSystem system);
  }
}
