package io.dynadiff.physics.picture;

/**
 * The values that the two ends of a colour map stand for.
 *
 * @param lowest value of the first colour, finite
 * @param highest value of the last colour, finite, greater than lowest
 */
public record ValueRange(double lowest, double highest) {

  public ValueRange {
    if (!(lowest < highest) || Double.isInfinite(lowest) || Double.isInfinite(highest)) {
      throw new IllegalArgumentException(
          "value range: expected finite ends, the lower first, found "
              + lowest
              + " and "
              + highest);
    }
  }

  /** From the least to the greatest finite value; a range around it where all are the same. */
  public static ValueRange of(float[]... fields) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (float[] field : fields) {
      for (float value : field) {
        if (Float.isFinite(value)) {
          lowest = Math.min(lowest, value);
          highest = Math.max(highest, value);
        }
      }
    }
    if (lowest < highest) {
      return new ValueRange(lowest, highest);
    }
    double middle = Double.isFinite(lowest) ? lowest : 0;
    double half = Math.max(1e-6, 1e-6 * Math.abs(middle));
    return new ValueRange(middle - half, middle + half);
  }

  /** Symmetric around 0 and just wide enough, for diverging colours. */
  public static ValueRange around0(float[]... fields) {
    ValueRange range = of(fields);
    double largest = Math.max(Math.abs(range.lowest), Math.abs(range.highest));
    return new ValueRange(-largest, largest);
  }

  /** Place of a value between the ends, 0 to 1 inside; NaN for NaN. */
  public double fraction(double value) {
    return (value - lowest) / (highest - lowest);
  }
}
