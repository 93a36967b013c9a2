package io.dynadiff.trainer.data;

import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.simulation.FieldSolver;
import java.util.function.LongFunction;

/**
 * A system's solver whose initial states are prepared otherwise. Not thread-safe.
 *
 * @param <S> state of the system
 */
final class PreparedSolver<S> implements FieldSolver<S> {

  private final FieldSolver<S> solver;
  private final LongFunction<S> initial;

  /**
   * @param initial state for a seed
   */
  PreparedSolver(FieldSolver<S> solver, LongFunction<S> initial) {
    this.solver = solver;
    this.initial = initial;
  }

  @Override
  public S initial(long seed) {
    return initial.apply(seed);
  }

  @Override
  public S advance(S state, double duration) {
    return solver.advance(state, duration);
  }

  @Override
  public float[] frame(S state) {
    return solver.frame(state);
  }

  @Override
  public FieldShape frameShape() {
    return solver.frameShape();
  }
}
