package io.dynadiff.trainer.functional;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The right-hand side of an equation x_t = F(x) on frames. Axes are those that {@link #physical}
 * gives, the same throughout. Confined to one thread.
 */
interface EquationRate {

  /**
   * The part of frames that the equation is about, in physical units.
   *
   * @param frames normalised, axes [expert, channel, batch, point]
   */
  NDArray physical(NDArray frames);

  /**
   * F in physical units per time unit.
   *
   * @param fields in physical units
   * @param conditions physical conditions of each expert, in the system's order
   */
  NDArray of(NDArray fields, List<double[]> conditions);

  /** Divided by the scales of the normalisation, for differences of fields. */
  NDArray normalised(NDArray differences);
}
