package io.dynadiff.physics.throughput;

import java.util.Arrays;

/**
 * Units per second of processor time of one thread, over several repetitions.
 *
 * @param median middle of the repetitions
 * @param lowest slowest repetition
 * @param highest fastest repetition
 * @param share processor time over wall time, the median; below 1 where others had the core
 */
public record Rate(double median, double lowest, double highest, double share) {

  /**
   * From what each repetition measured.
   *
   * @param rates units per second of processor time, at least one
   * @param shares processor time over wall time, as many
   */
  static Rate of(double[] rates, double[] shares) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    double[] sortedShares = shares.clone();
    Arrays.sort(sortedShares);
    int middle = sorted.length / 2;
    return new Rate(sorted[middle], sorted[0], sorted[sorted.length - 1], sortedShares[middle]);
  }

  /** Spread of the repetitions as a part of the median. */
  public double spread() {
    return (highest - lowest) / median;
  }
}
