package io.dynadiff.trainer.blend;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Linear interpolation between the two experts on either side of a single condition; beyond the
 * outermost one that one alone, since a line through two noisy neighbours goes astray quickly.
 */
public final class LinearBlend implements ExpertBlend {

  private final double[] conditions;
  private final int[] order;

  /**
   * @throws IllegalArgumentException if there is more than one condition
   */
  public LinearBlend(LabelledExperts experts) {
    List<float[]> all = experts.conditions();
    if (all.get(0).length != 1) {
      throw new IllegalArgumentException(
          "linear interpolation: expected a single condition, found " + all.get(0).length);
    }
    this.conditions = all.stream().mapToDouble(c -> c[0]).toArray();
    this.order =
        IntStream.range(0, conditions.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> conditions[i]))
            .mapToInt(i -> i)
            .toArray();
  }

  @Override
  public double[] shares(float[] encoded) {
    double[] shares = new double[conditions.length];
    int upper = 0;
    while (upper < order.length && conditions[order[upper]] < encoded[0]) {
      upper++;
    }
    if (upper == 0 || upper == order.length) {
      shares[order[Math.min(upper, order.length - 1)]] = 1;
      return shares;
    }
    double low = conditions[order[upper - 1]];
    double high = conditions[order[upper]];
    double position = (encoded[0] - low) / (high - low);
    shares[order[upper - 1]] = 1 - position;
    shares[order[upper]] = position;
    return shares;
  }
}
