package io.dynadiff.models.nn;

import ai.djl.ndarray.NDArray;

/**
 * Products with a number that are safe inside a gradient.
 *
 * <p>{@code x.mul(number)} of the engine library wraps the number in a tensor over Java memory and
 * lets go of it at once, but the product's gradient still refers to it: when the garbage collector
 * runs between the forward and the backward pass, the gradient reads freed memory. Here the number
 * belongs to the manager of {@code x} and so lives as long as the scope.
 */
public final class Scalars {

  private Scalars() {}

  /** Returns {@code factor * x}, in the manager of {@code x}. */
  public static NDArray scale(NDArray x, double factor) {
    return x.mul(x.getManager().create((float) factor));
  }
}
