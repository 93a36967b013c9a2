package io.dynadiff.models.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * AdamW on one flat array, with clipping by the gradient's norm.
 *
 * <p>The engine library has an Adam of its own, but keeps the moments to itself; here they can be
 * saved and restored, so that a killed training goes on where it was. Clipping is per row of the
 * leading axis, so that stacked experts, axes [expert, parameter], train independently. Confined to
 * one thread; {@link #close} frees the arrays.
 */
public final class FlatAdam implements AutoCloseable {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final NDManager manager;
  private final NDArray values;
  private final NDArray first;
  private final NDArray second;
  private final float weightDecay;
  private final float maxNorm;
  private int steps;

  /**
   * Starts from given values with zero moments.
   *
   * @param parent manager under which this object keeps its arrays
   * @param initial initial values
   * @param shape [parameter] or [expert, parameter]
   * @param weightDecay decoupled weight decay per unit of learning rate
   * @param maxNorm largest norm of a row's gradient; larger ones are scaled down to it
   */
  public FlatAdam(
      NDManager parent, float[] initial, Shape shape, double weightDecay, double maxNorm) {
    this.manager = parent.newSubManager();
    this.values = manager.create(initial, shape);
    this.first = manager.zeros(shape);
    this.second = manager.zeros(shape);
    this.weightDecay = (float) weightDecay;
    this.maxNorm = (float) maxNorm;
  }

  /** Puts back a state that {@link #state} returned. */
  public void restore(State state) {
    values.set(state.values);
    first.set(state.first);
    second.set(state.second);
    steps = state.steps;
  }

  /** Returns a copy of the values and moments. */
  public State state() {
    return new State(values.toFloatArray(), first.toFloatArray(), second.toFloatArray(), steps);
  }

  /**
   * What it takes to go on.
   *
   * @param values the parameters
   * @param first running mean of the gradient
   * @param second running mean of the squared gradient
   * @param steps updates so far
   */
  public record State(float[] values, float[] first, float[] second, int steps) {}

  /** Returns the current values as a leaf that collects gradients, owned by the given scope. */
  public NDArray leaf(NDManager scope) {
    NDArray leaf = values.duplicate();
    leaf.attach(scope);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /** Applies one update with the leaf's gradient. */
  public void update(NDArray leaf, double learningRate) {
    steps++;
    try (NDManager scope = manager.newSubManager()) {
      NDArray gradient = leaf.getGradient();
      gradient.attach(scope);
      int last = gradient.getShape().dimension() - 1;
      NDArray norm = gradient.square().sum(new int[] {last}, true).sqrt();
      NDArray clipped = gradient.mul(norm.add(1e-12f).pow(-1).mul(maxNorm).minimum(1f));
      first.muli(BETA1).addi(clipped.mul(1 - BETA1));
      second.muli(BETA2).addi(clipped.square().mul(1 - BETA2));
      float correction1 = (float) (1 - Math.pow(BETA1, steps));
      float correction2 = (float) (1 - Math.pow(BETA2, steps));
      NDArray divisor = second.div(correction2);
      divisor.attach(scope);
      NDArray numerator = first.div(correction1);
      numerator.attach(scope);
      NDArray step = numerator.div(divisor.sqrt().add(EPSILON)).mul((float) learningRate);
      if (weightDecay > 0) {
        values.muli((float) (1 - learningRate * weightDecay));
      }
      values.subi(step);
    }
  }

  /** Returns a copy of the current values. */
  public float[] values() {
    return values.toFloatArray();
  }

  /** Number of updates so far. */
  public int steps() {
    return steps;
  }

  @Override
  public void close() {
    manager.close();
  }
}
