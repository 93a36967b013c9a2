package io.dynadiff.trainer.data;

import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.simulation.FieldSolver;
import java.util.function.LongFunction;

/**
 * A system's solver whose initial states are prepared otherwise, and whose frames keep some of the
 * channels. Not thread-safe.
 *
 * @param <S> state of the system
 */
final class PreparedSolver<S> implements FieldSolver<S> {

  private final FieldSolver<S> solver;
  private final LongFunction<S> initial;
  private final int[] channels;

  /**
   * @param initial state for a seed
   * @param channels channels of the solver's frames that are kept, in this order
   */
  PreparedSolver(FieldSolver<S> solver, LongFunction<S> initial, int[] channels) {
    this.solver = solver;
    this.initial = initial;
    this.channels = channels.clone();
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
    float[] all = solver.frame(state);
    int points = frameShape().points();
    float[] kept = new float[channels.length * points];
    for (int c = 0; c < channels.length; c++) {
      System.arraycopy(all, channels[c] * points, kept, c * points, points);
    }
    return kept;
  }

  @Override
  public FieldShape frameShape() {
    FieldShape shape = solver.frameShape();
    return new FieldShape(channels.length, shape.height(), shape.width());
  }
}
