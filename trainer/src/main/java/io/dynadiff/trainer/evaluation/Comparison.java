package io.dynadiff.trainer.evaluation;

import java.util.Arrays;
import org.hipparchus.stat.descriptive.moment.StandardDeviation;
import org.hipparchus.stat.descriptive.rank.Median;
import org.hipparchus.stat.inference.TTest;

/** Compares the scores of methods over environments. Two-sided tests. */
public final class Comparison {

  private static final TTest T_TEST = new TTest();

  private Comparison() {}

  /**
   * Centre and spread.
   *
   * @param mean arithmetic mean
   * @param deviation sample standard deviation, 0 for a single value
   * @param median median
   */
  public record Summary(double mean, double deviation, double median) {}

  /** Summarises at least one value. */
  public static Summary summary(double[] values) {
    return new Summary(
        Arrays.stream(values).average().orElseThrow(),
        new StandardDeviation().evaluate(values),
        new Median().evaluate(values));
  }

  /**
   * The probability of a difference of means this large between samples of equal means and any
   * variances (Welch 1947).
   *
   * @return NaN if a sample has fewer than two values or neither varies
   */
  public static double welch(double[] one, double[] other) {
    if (one.length < 2 || other.length < 2) {
      return Double.NaN;
    }
    return T_TEST.tTest(one, other);
  }

  /**
   * The same for pairs: whether the mean of the differences is zero.
   *
   * @return NaN if there are fewer than two pairs or all differences are equal
   * @throws IllegalArgumentException if the samples differ in length
   */
  public static double paired(double[] one, double[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(
          "paired test: expected as many values on either side, found "
              + one.length
              + " and "
              + other.length);
    }
    return one.length < 2 ? Double.NaN : T_TEST.pairedTTest(one, other);
  }
}
