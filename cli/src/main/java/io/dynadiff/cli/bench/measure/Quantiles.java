package io.dynadiff.cli.bench.measure;

import java.util.Collection;

/** Order statistics of a sample. Immutable. */
public final class Quantiles {

  private final double[] sorted;

  private Quantiles(double[] sorted) {
    this.sorted = sorted;
  }

  /**
   * Sorts a sample.
   *
   * @throws IllegalArgumentException if it is empty or holds something that is not a number
   */
  public static Quantiles of(Collection<Double> sample) {
    double[] sorted = sample.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException(
          "sample: expected at least one number and nothing else, found "
              + (sorted.length == 0 ? "none" : "NaN among " + sorted.length));
    }
    return new Quantiles(sorted);
  }

  /**
   * The smallest value that at least a share of the sample does not exceed (nearest rank).
   *
   * @param share above 0, at most 1
   */
  public double at(double share) {
    if (!(share > 0) || share > 1) {
      throw new IllegalArgumentException("share: expected above 0 and at most 1, found " + share);
    }
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** The middle value; of an even number the mean of the two. */
  public double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public double lowest() {
    return sorted[0];
  }

  public double highest() {
    return sorted[sorted.length - 1];
  }

  public int count() {
    return sorted.length;
  }
}
