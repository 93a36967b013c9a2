package io.dynadiff.models.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * AdamW on one flat array, with clipping by the gradient's norm.
 *
 * <p>The engine library has an Adam of its own, but keeps the moments to itself; here they can be
 * saved and restored, so that a killed training goes on where it was. Clipping is per row of the
 * leading axis, so that stacked experts, axes [expert, parameter], train independently. Confined to
 * one thread; {@link #close} frees the arrays.
 */
public final class FlatAdam implements Optimiser {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  /** Longest vector that is updated at once; an update needs some ten times its memory. */
  private static final long PART = 1 << 24;

  private final NDManager manager;
  private final NDArray values;
  private final NDArray first;
  private final NDArray second;
  private final float weightDecay;
  private final float maxNorm;
  private final long longest;
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
    this(parent, initial, shape, weightDecay, maxNorm, PART);
  }

  /**
   * @param longest longest vector that is updated at once
   */
  FlatAdam(
      NDManager parent,
      float[] initial,
      Shape shape,
      double weightDecay,
      double maxNorm,
      long longest) {
    this.longest = longest;
    this.manager = parent.newSubManager();
    this.values = manager.create(initial, shape);
    this.first = manager.zeros(shape);
    this.second = manager.zeros(shape);
    this.weightDecay = (float) weightDecay;
    this.maxNorm = (float) maxNorm;
  }

  @Override
  public void restore(State state) {
    values.set(state.values);
    first.set(state.first);
    second.set(state.second);
    steps = state.steps;
  }

  @Override
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
      if (gradient.getShape().dimension() == 1 && gradient.size() > longest) {
        updateInParts(scope, gradient, learningRate);
        return;
      }
      int last = gradient.getShape().dimension() - 1;
      NDArray norm = gradient.square().sum(new int[] {last}, true).sqrt();
      update(scope, values, first, second, gradient.mul(clipping(norm)), learningRate);
    }
  }

  /** The same in turn for parts of a long vector, which share the memory for what lies between. */
  private void updateInParts(NDManager scope, NDArray gradient, double learningRate) {
    long[] starts =
        LongStream.iterate(longest, start -> start < gradient.size(), start -> start + longest)
            .toArray();
    List<NDList> parts =
        Stream.of(values, first, second, gradient).map(array -> array.split(starts)).toList();
    parts.forEach(list -> list.attach(scope));
    NDArray square = scope.zeros(new Shape(1));
    for (NDArray part : parts.get(3)) {
      try (NDManager inner = scope.newSubManager()) {
        NDArray powers = part.square();
        powers.attach(inner);
        square.addi(powers.sum(new int[] {0}, true));
      }
    }
    NDArray clipping = clipping(square.sqrt());
    for (int i = 0; i < parts.get(3).size(); i++) {
      try (NDManager inner = scope.newSubManager()) {
        NDArray part = parts.get(3).get(i);
        part.attach(inner);
        update(
            inner,
            parts.get(0).get(i),
            parts.get(1).get(i),
            parts.get(2).get(i),
            part.mul(clipping),
            learningRate);
      }
    }
  }

  private NDArray clipping(NDArray norm) {
    return norm.add(1e-12f).pow(-1).mul(maxNorm).minimum(1f);
  }

  private void update(
      NDManager scope,
      NDArray value,
      NDArray mean,
      NDArray square,
      NDArray clipped,
      double learningRate) {
    mean.muli(BETA1).addi(clipped.mul(1 - BETA1));
    square.muli(BETA2).addi(clipped.square().mul(1 - BETA2));
    float correction1 = (float) (1 - Math.pow(BETA1, steps));
    float correction2 = (float) (1 - Math.pow(BETA2, steps));
    NDArray divisor = square.div(correction2);
    divisor.attach(scope);
    NDArray numerator = mean.div(correction1);
    numerator.attach(scope);
    NDArray step = numerator.div(divisor.sqrt().add(EPSILON)).mul((float) learningRate);
    if (weightDecay > 0) {
      value.muli((float) (1 - learningRate * weightDecay));
    }
    value.subi(step);
  }

  @Override
  public float[] values() {
    return values.toFloatArray();
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public void close() {
    manager.close();
  }
}
