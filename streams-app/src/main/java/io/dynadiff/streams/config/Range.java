package io.dynadiff.streams.config;

/**
 * Numbers that a setting may take.
 *
 * @param low smallest number, or negative infinity
 * @param lowExcluded whether the number must be larger than that
 * @param high largest number, or positive infinity
 * @param highExcluded whether the number must be smaller than that
 */
record Range(double low, boolean lowExcluded, double high, boolean highExcluded) {

  static Range atLeast(double low) {
    return new Range(low, false, Double.POSITIVE_INFINITY, true);
  }

  static Range above(double low) {
    return new Range(low, true, Double.POSITIVE_INFINITY, true);
  }

  /** Numbers from low to high, both included. */
  static Range of(double low, double high) {
    return new Range(low, false, high, false);
  }

  /** The same without its lower end. */
  Range withoutLow() {
    return new Range(low, true, high, highExcluded);
  }

  /** The same without its upper end. */
  Range withoutHigh() {
    return new Range(low, lowExcluded, high, true);
  }

  /** The same, with an end where it had none: what an int can be. */
  Range whole() {
    return Double.isInfinite(high) ? new Range(low, lowExcluded, Integer.MAX_VALUE, false) : this;
  }

  /** Whether the number lies in the range; NaN and the infinities never do. */
  boolean contains(double number) {
    return (lowExcluded ? number > low : number >= low)
        && (highExcluded ? number < high : number <= high)
        && !Double.isInfinite(number);
  }

  @Override
  public String toString() {
    String from = (lowExcluded ? "above " : "at least ") + plain(low);
    return Double.isInfinite(high)
        ? from
        : from + " and " + (highExcluded ? "below " : "at most ") + plain(high);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
