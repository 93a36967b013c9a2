package io.dynadiff.trainer.blend;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Ridge regression of expert weights on the conditions, or on the conditions with their squares and
 * products.
 *
 * <p>The terms and the penalty are those with the least leave-one-out error in weight space. The
 * constant is not penalised.
 */
public final class RidgeBlend implements ExpertBlend {

  private static final double[] PENALTIES = {1e-6, 1e-4, 1e-3, 1e-2, 0.1, 0.3, 1, 3, 10, 100};

  private final boolean products;
  private final double penalty;

  /** Row f: the shares of each expert per unit of feature f. */
  private final RealMatrix coefficients;

  public RidgeBlend(LabelledExperts experts) {
    RealMatrix inner = MatrixUtils.createRealMatrix(experts.products());
    double least = Double.POSITIVE_INFINITY;
    boolean bestProducts = false;
    double bestPenalty = PENALTIES[0];
    for (boolean candidate : new boolean[] {false, true}) {
      RealMatrix design = design(experts.conditions(), candidate);
      for (double trial : PENALTIES) {
        RealMatrix hat = design.multiply(solve(design, trial));
        double error = LeaveOneOut.error(residual(hat), inner);
        if (error < least) {
          least = error;
          bestProducts = candidate;
          bestPenalty = trial;
        }
      }
    }
    this.products = bestProducts;
    this.penalty = bestPenalty;
    this.coefficients = solve(design(experts.conditions(), bestProducts), bestPenalty);
  }

  /** Whether squares and products of the conditions are among the chosen terms. */
  public boolean products() {
    return products;
  }

  /** The chosen penalty. */
  public double penalty() {
    return penalty;
  }

  @Override
  public SortedMap<String, Double> settings() {
    return new TreeMap<>(Map.of("penalty", penalty, "products", products ? 1.0 : 0.0));
  }

  @Override
  public double[] shares(float[] encoded) {
    return coefficients.preMultiply(features(encoded, products));
  }

  private static RealMatrix design(List<float[]> conditions, boolean products) {
    return MatrixUtils.createRealMatrix(
        conditions.stream().map(c -> features(c, products)).toArray(double[][]::new));
  }

  private static double[] features(float[] z, boolean products) {
    int count = 1 + z.length + (products ? z.length * (z.length + 1) / 2 : 0);
    double[] features = new double[count];
    features[0] = 1;
    for (int i = 0; i < z.length; i++) {
      features[1 + i] = z[i];
    }
    int at = 1 + z.length;
    for (int i = 0; products && i < z.length; i++) {
      for (int j = i; j < z.length; j++) {
        features[at++] = (double) z[i] * z[j];
      }
    }
    return features;
  }

  /** (X^T X + penalty)^-1 X^T. */
  private static RealMatrix solve(RealMatrix design, double penalty) {
    RealMatrix normal = design.transpose().multiply(design);
    for (int f = 1; f < normal.getRowDimension(); f++) {
      normal.addToEntry(f, f, penalty);
    }
    return new CholeskyDecomposition(normal, 1e-9, 0).getSolver().solve(design.transpose());
  }

  /** Row i is (I - H)_i / (1 - H_ii); a point that the fit hangs on alone predicts nothing. */
  private static RealMatrix residual(RealMatrix hat) {
    int n = hat.getRowDimension();
    RealMatrix residual = MatrixUtils.createRealIdentityMatrix(n).subtract(hat);
    for (int i = 0; i < n; i++) {
      double free = Math.max(1e-6, 1 - hat.getEntry(i, i));
      residual.setRowVector(i, residual.getRowVector(i).mapDivide(free));
    }
    return residual;
  }
}
