package io.dynadiff.tests.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A straight line through samples over time, by least squares.
 *
 * <p>The interval of the slope is twice its standard error to either side, about 95 % where samples
 * are independent. Samples of memory are not quite: the interval is then too narrow, so that a
 * trend is claimed too often rather than too rarely.
 *
 * @param mean of the samples, in their unit
 * @param slope per hour
 * @param low lower end of the slope's interval
 * @param high upper end
 */
record Trend(double mean, double slope, double low, double high) {

  /** Fewer samples than these have no interval. */
  static final int FEWEST = 3;

  /**
   * Fits.
   *
   * @param hours when each sample was taken
   * @param values the samples
   * @throws IllegalArgumentException if there are fewer than three
   */
  static Trend of(List<Double> hours, List<Double> values) {
    int n = values.size();
    if (n < FEWEST || hours.size() != n) {
      throw new IllegalArgumentException(
          "trend: expected %d samples or more with a time each, found %d with %d times"
              .formatted(FEWEST, n, hours.size()));
    }
    double meanTime = mean(hours);
    double mean = mean(values);
    double spread = 0;
    double together = 0;
    for (int i = 0; i < n; i++) {
      spread += Math.pow(hours.get(i) - meanTime, 2);
      together += (hours.get(i) - meanTime) * (values.get(i) - mean);
    }
    double slope = together / spread;
    double rest = 0;
    for (int i = 0; i < n; i++) {
      rest += Math.pow(values.get(i) - mean - slope * (hours.get(i) - meanTime), 2);
    }
    double error = Math.sqrt(rest / (n - 2) / spread);
    return new Trend(mean, slope, slope - 2 * error, slope + 2 * error);
  }

  /**
   * Whether the samples do not show that the value rises by more than a part of its mean in an
   * hour: the lower end of the slope's interval is not above that.
   */
  boolean flat(double largestRise) {
    return low <= largestRise * Math.abs(mean);
  }

  /** Whether they show that it does not: the upper end is not above it either. */
  boolean surelyFlat(double largestRise) {
    return high <= largestRise * Math.abs(mean);
  }

  Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("mean", mean);
    figures.put("slopePerHour", slope);
    figures.put("slopePerHourLow", low);
    figures.put("slopePerHourHigh", high);
    return figures;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
