package io.dynadiff.physics.simulation;

import io.dynadiff.physics.field.FieldShape;
import java.util.function.DoubleConsumer;

/**
 * Solves one system under one set of conditions.
 *
 * <p>States are immutable and fit every solver of the same system and resolution, so that a running
 * state continues under other conditions by handing it to another solver. Solvers are not
 * thread-safe: one per thread.
 *
 * @param <S> state of the system at one instant
 */
public interface FieldSolver<S> {

  /** Random initial state at time 0; a function of the seed alone. */
  S initial(long seed);

  /**
   * Moves a state forward in time; the state given is left as it is.
   *
   * @param duration model time units, greater than 0
   * @throws IllegalArgumentException if the state is of another resolution, the duration is bad, or
   *     the time step is unstable for this state; names the stable and the given number
   * @throws ArithmeticException if the state stopped being finite
   */
  S advance(S state, double duration);

  /**
   * {@link #advance(Object, double)} with news on the way, from solvers that take long.
   *
   * @param advanced told now and then how many time units of the duration are done; what it throws
   *     ends the computation and comes out here
   */
  default S advance(S state, double duration, DoubleConsumer advanced) {
    return advance(state, duration);
  }

  /** Field of a state, [channel, y, x]. */
  float[] frame(S state);

  /** Shape [channel, y, x] of the frames. */
  FieldShape frameShape();
}
