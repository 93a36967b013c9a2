package io.dynadiff.trainer.functional;

import ai.djl.ndarray.NDArray;

/** Products with matrices that live longer than the fields they are applied to. */
final class ConstantMatrix {

  private ConstantMatrix() {}

  /**
   * Returns {@code matrix * fields} in the manager of the fields. A product belongs to its first
   * operand's manager, where it would stay for as long as the matrix.
   */
  static NDArray times(NDArray matrix, NDArray fields) {
    NDArray product = matrix.matMul(fields);
    product.attach(fields.getManager());
    return product;
  }
}
