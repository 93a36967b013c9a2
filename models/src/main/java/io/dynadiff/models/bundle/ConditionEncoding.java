package io.dynadiff.models.bundle;

import java.util.List;

/**
 * Conditions as numbers to learn from: environments that are alike are close, and each number has
 * about unit variance over the seen environments.
 *
 * <p>A condition x without a period becomes (x - mean) / deviation; one with the period P becomes
 * sqrt(2) cos(2 pi x / P) and sqrt(2) sin(2 pi x / P). Immutable and thread-safe.
 */
public final class ConditionEncoding {

  private final List<ConditionSpec> conditions;
  private final int length;

  public ConditionEncoding(List<ConditionSpec> conditions) {
    this.conditions = List.copyOf(conditions);
    this.length = conditions.stream().mapToInt(ConditionEncoding::width).sum();
  }

  private static int width(ConditionSpec spec) {
    return spec.periodic() ? 2 : 1;
  }

  /** Number of encoded values. */
  public int length() {
    return length;
  }

  /**
   * Encodes.
   *
   * @param physical a value per condition, in its unit
   * @return {@link #length()} values
   */
  public float[] encode(double[] physical) {
    requireLength("conditions", conditions.size(), physical.length);
    float[] encoded = new float[length];
    int at = 0;
    for (int i = 0; i < physical.length; i++) {
      ConditionSpec spec = conditions.get(i);
      if (spec.periodic()) {
        double angle = 2 * Math.PI * physical[i] / spec.period();
        encoded[at++] = (float) (Math.sqrt(2) * Math.cos(angle));
        encoded[at++] = (float) (Math.sqrt(2) * Math.sin(angle));
      } else {
        encoded[at++] = (float) ((physical[i] - spec.mean()) / spec.deviation());
      }
    }
    return encoded;
  }

  /**
   * Conditions that are encoded so, or nearest to so; periodic ones from 0, inclusive, to their
   * period, exclusive.
   */
  public double[] decode(float[] encoded) {
    requireLength("encoded conditions", length, encoded.length);
    double[] physical = new double[conditions.size()];
    int at = 0;
    for (int i = 0; i < physical.length; i++) {
      ConditionSpec spec = conditions.get(i);
      if (spec.periodic()) {
        double turns = Math.atan2(encoded[at + 1], encoded[at]) / (2 * Math.PI);
        physical[i] = (turns - Math.floor(turns)) * spec.period();
      } else {
        physical[i] = spec.mean() + spec.deviation() * encoded[at];
      }
      at += width(spec);
    }
    return physical;
  }

  /** Distance between two values of a condition in its unit, around the period if it has one. */
  public double distance(int condition, double one, double other) {
    double period = conditions.get(condition).period();
    double difference = Math.abs(one - other);
    return period > 0 ? Math.min(difference % period, period - difference % period) : difference;
  }

  private static void requireLength(String what, int expected, int found) {
    if (found != expected) {
      throw new IllegalArgumentException(
          what + ": expected " + expected + " values, found " + found);
    }
  }
}
