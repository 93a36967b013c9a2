package io.dynadiff.physics.simulation;

import io.dynadiff.physics.field.FieldShape;
import java.util.function.DoubleConsumer;

/**
 * A solver whose frames keep some of the channels. Not thread-safe.
 *
 * @param <S> state of the system
 */
final class SelectedChannels<S> implements FieldSolver<S> {

  private final FieldSolver<S> solver;
  private final int[] channels;

  /**
   * @param channels channels of the solver's frames that are kept, in this order
   */
  SelectedChannels(FieldSolver<S> solver, int[] channels) {
    this.solver = solver;
    this.channels = channels;
  }

  @Override
  public S initial(long seed) {
    return solver.initial(seed);
  }

  @Override
  public S advance(S state, double duration) {
    return solver.advance(state, duration);
  }

  @Override
  public S advance(S state, double duration, DoubleConsumer advanced) {
    return solver.advance(state, duration, advanced);
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
