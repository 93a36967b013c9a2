package io.dynadiff.models.nn;

/**
 * {@link FlatAdam} in the processor's own memory, for gradients that are computed there. Confined
 * to one thread.
 */
public final class HostAdam implements Optimiser {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final float[] values;
  private final float[] first;
  private final float[] second;
  private final int row;
  private final double weightDecay;
  private final double maxNorm;
  private int steps;

  /**
   * Starts from given values with zero moments.
   *
   * @param initial initial values, axes [row, parameter]
   * @param row parameters of a row, whose gradient is clipped by itself
   * @param weightDecay decoupled weight decay per unit of learning rate
   * @param maxNorm largest norm of a row's gradient; larger ones are scaled down to it
   */
  public HostAdam(float[] initial, int row, double weightDecay, double maxNorm) {
    if (row < 1 || initial.length % row != 0) {
      throw new IllegalArgumentException(
          "Adam: expected whole rows of " + row + " values, found " + initial.length + " values");
    }
    this.values = initial.clone();
    this.first = new float[initial.length];
    this.second = new float[initial.length];
    this.row = row;
    this.weightDecay = weightDecay;
    this.maxNorm = maxNorm;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public void restore(FlatAdam.State state) {
    System.arraycopy(state.values(), 0, values, 0, values.length);
    System.arraycopy(state.first(), 0, first, 0, first.length);
    System.arraycopy(state.second(), 0, second, 0, second.length);
    steps = state.steps();
  }

  @Override
  public FlatAdam.State state() {
    return new FlatAdam.State(values.clone(), first.clone(), second.clone(), steps);
  }

  @Override
  public float[] values() {
    return values.clone();
  }

  /** The values themselves, to be read until the next update. */
  public float[] current() {
    return values;
  }

  /** Applies one update. */
  public void update(float[] gradient, double learningRate) {
    steps++;
    for (int from = 0; from < values.length; from += row) {
      update(gradient, from, learningRate);
    }
  }

  private void update(float[] gradient, int from, double learningRate) {
    double square = 0;
    for (int i = from; i < from + row; i++) {
      square += (double) gradient[i] * gradient[i];
    }
    float clipping = (float) Math.min(1, maxNorm / (Math.sqrt(square) + 1e-12));
    float correction1 = (float) (1 / (1 - Math.pow(BETA1, steps)));
    float correction2 = (float) (1 / (1 - Math.pow(BETA2, steps)));
    float kept = (float) (1 - learningRate * weightDecay);
    float rate = (float) learningRate;
    for (int i = from; i < from + row; i++) {
      float g = clipping * gradient[i];
      first[i] = BETA1 * first[i] + (1 - BETA1) * g;
      second[i] = BETA2 * second[i] + (1 - BETA2) * g * g;
      float divisor = (float) Math.sqrt(second[i] * correction2) + EPSILON;
      values[i] = kept * values[i] - rate * first[i] * correction1 / divisor;
    }
  }

  @Override
  public void close() {
    // Nothing lies outside the heap.
  }
}
