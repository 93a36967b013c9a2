package io.dynadiff.trainer.blend;

import io.dynadiff.models.regression.InterpolationSpec;
import io.dynadiff.models.regression.LatentInterpolation;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Interpolation by Gaussian radial basis functions with a constant.
 *
 * <p>The width, as a multiple of the median distance to the nearest neighbour, and the smoothing
 * are those with the least leave-one-out error in weight space (closed form of Rippa 1999, which
 * smoothing leaves valid).
 */
public final class RadialBlend implements ExpertBlend {

  private static final double[] WIDTHS = {0.5, 1, 1.5, 2, 3, 5, 8, 12};
  private static final double[] SMOOTHINGS = {1e-6, 1e-4, 1e-3, 1e-2, 0.1, 0.5};

  /** A constant of that much prior variance is as good as free. */
  private static final double CONSTANT = 100;

  private final List<float[]> conditions;
  private final double width;
  private final double smoothing;
  private final RealMatrix inverse;

  public RadialBlend(LabelledExperts experts) {
    this.conditions = experts.conditions();
    RealMatrix products = MatrixUtils.createRealMatrix(experts.products());
    double unit = medianNearestDistance();
    double least = Double.POSITIVE_INFINITY;
    double bestWidth = unit;
    double bestSmoothing = SMOOTHINGS[0];
    RealMatrix bestInverse = inverse(bestWidth, bestSmoothing);
    for (double multiple : WIDTHS) {
      for (double candidate : SMOOTHINGS) {
        RealMatrix solved = inverse(multiple * unit, candidate);
        double error = LeaveOneOut.error(residual(solved), products);
        if (error < least) {
          least = error;
          bestWidth = multiple * unit;
          bestSmoothing = candidate;
          bestInverse = solved;
        }
      }
    }
    this.width = bestWidth;
    this.smoothing = bestSmoothing;
    this.inverse = bestInverse;
  }

  /** Width in encoded conditions; smoothing as noise variance over signal variance. */
  @Override
  public SortedMap<String, Double> settings() {
    return new TreeMap<>(Map.of("width", width, "smoothing", smoothing));
  }

  @Override
  public double[] shares(float[] encoded) {
    double[] near = new double[conditions.size()];
    for (int i = 0; i < near.length; i++) {
      near[i] = kernel(conditions.get(i), encoded, width);
    }
    return inverse.operate(near);
  }

  /**
   * The blend as an interpolation of latents.
   *
   * @param experts what the blend was made for, latents in place of weights
   */
  public LatentInterpolation interpolation(LabelledExperts experts) {
    int size = experts.weights().get(0).length;
    float[] coefficients = new float[experts.size() * size];
    double[] constant = new double[experts.size()];
    for (int e = 0; e < experts.size(); e++) {
      double[] shares = inverse.getColumn(e);
      System.arraycopy(experts.blend(shares), 0, coefficients, e * size, size);
      for (int i = 0; i < constant.length; i++) {
        constant[i] += CONSTANT * shares[i];
      }
    }
    int conditionLength = conditions.get(0).length;
    float[] centres = new float[experts.size() * conditionLength];
    for (int e = 0; e < experts.size(); e++) {
      System.arraycopy(conditions.get(e), 0, centres, e * conditionLength, conditionLength);
    }
    return new LatentInterpolation(
        new InterpolationSpec(experts.size(), width),
        centres,
        coefficients,
        experts.blend(constant));
  }

  /** Row i is (A^-1)_i / (A^-1)_ii. */
  private static RealMatrix residual(RealMatrix inverse) {
    RealMatrix residual = inverse.copy();
    for (int i = 0; i < residual.getRowDimension(); i++) {
      residual.setRowVector(i, residual.getRowVector(i).mapDivide(inverse.getEntry(i, i)));
    }
    return residual;
  }

  private RealMatrix inverse(double trialWidth, double trialSmoothing) {
    int n = conditions.size();
    RealMatrix kernel = MatrixUtils.createRealMatrix(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        kernel.setEntry(i, j, kernel(conditions.get(i), conditions.get(j), trialWidth));
      }
      kernel.addToEntry(i, i, trialSmoothing);
    }
    return new CholeskyDecomposition(kernel, 1e-9, 0).getSolver().getInverse();
  }

  private static double kernel(float[] a, float[] b, double width) {
    double distance = NearestBlend.distance(a, b) / width;
    return CONSTANT + Math.exp(-0.5 * distance * distance);
  }

  private double medianNearestDistance() {
    double[] nearest =
        conditions.stream()
            .mapToDouble(
                a ->
                    conditions.stream()
                        .filter(b -> b != a)
                        .mapToDouble(b -> NearestBlend.distance(a, b))
                        .filter(d -> d > 0)
                        .min()
                        .orElse(1))
            .sorted()
            .toArray();
    return nearest[nearest.length / 2];
  }
}
