package io.dynadiff.cli.demo;

import java.util.OptionalDouble;

/** Means of two errors that were made on the same frames; one thread at a time. */
final class ErrorMean {

  private long count;
  private double sum;
  private double otherSum;

  /** Adds a pair; one that is not finite would hide all others and is left out. */
  void add(double error, double otherError) {
    if (!Double.isFinite(error) || !Double.isFinite(otherError)) {
      return;
    }
    count++;
    sum += error;
    otherSum += otherError;
  }

  /** Adds everything another mean is made of. */
  void addAll(ErrorMean other) {
    count += other.count;
    sum += other.sum;
    otherSum += other.otherSum;
  }

  long count() {
    return count;
  }

  OptionalDouble mean() {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  /** Returns the mean of what the first is compared with. */
  OptionalDouble otherMean() {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(otherSum / count);
  }
}
