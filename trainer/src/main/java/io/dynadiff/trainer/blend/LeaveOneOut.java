package io.dynadiff.trainer.blend;

import org.hipparchus.linear.RealMatrix;

/** Leave-one-out errors of linear smoothers in weight space. */
final class LeaveOneOut {

  private LeaveOneOut() {}

  /**
   * Sum of squared distances between each expert and what the others predict of it.
   *
   * @param residual row i: the shares whose blend is expert i minus its prediction from the others
   * @param products inner products of the experts
   */
  static double error(RealMatrix residual, RealMatrix products) {
    RealMatrix left = residual.multiply(products);
    double sum = 0;
    for (int i = 0; i < residual.getRowDimension(); i++) {
      sum += left.getRowVector(i).dotProduct(residual.getRowVector(i));
    }
    return sum;
  }
}
