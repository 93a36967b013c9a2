package io.dynadiff.models.expert;

import ai.djl.ndarray.NDArray;

/**
 * An expert as a function of explicit weights, many experts at once.
 *
 * <p>Gradients flow to weights and state alike, so that generated weights can be trained through
 * it. Confined to one thread; the caller closes it.
 */
public interface ExpertNetwork extends AutoCloseable {

  /**
   * What the network predicts for every expert's own batch: the change in units of the residual
   * scale, or the next state where the prediction is direct (see {@link ExpertSpec#target}).
   *
   * @param weights flat weights, axes [expert, parameter]
   * @param state normalised fields, axes [expert, channel, batch, point], points row-major
   * @param clock sine and cosine of the external cycle, axes [expert, 2, batch, 1]; null if the
   *     specification has no clock
   * @return axes [expert, channel, batch, point], in the manager of {@code state}
   */
  NDArray change(NDArray weights, NDArray state, NDArray clock);

  /** The next normalised state; arguments as of {@link #change}. */
  NDArray step(NDArray weights, NDArray state, NDArray clock);

  /** Frees the constants. */
  @Override
  void close();
}
