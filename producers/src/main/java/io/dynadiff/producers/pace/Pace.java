package io.dynadiff.producers.pace;

import java.util.Locale;

/**
 * Speed of a feed: event time that passes per second of wall time.
 *
 * @param factor 1 for real time, 3600 for an hour a second, positive infinity for as fast as the
 *     broker takes it; greater than 0
 */
public record Pace(double factor) {
  /** As fast as the broker takes it. */
  public static final Pace MAX = new Pace(Double.POSITIVE_INFINITY);

  public Pace {
    if (!(factor > 0)) {
      throw new IllegalArgumentException(
          "speed: expected a factor greater than 0, found " + factor);
    }
  }

  /**
   * Reads a speed as people write it: 1x, 0.5x, 3600x or max.
   *
   * @throws IllegalArgumentException if it is none of these; the message shows what was found
   */
  public static Pace parse(String text) {
    String trimmed = text.trim().toLowerCase(Locale.ROOT);
    if (trimmed.equals("max")) {
      return MAX;
    }
    if (trimmed.matches("\\d{1,9}(\\.\\d{1,9})?x")) {
      double factor = Double.parseDouble(trimmed.substring(0, trimmed.length() - 1));
      if (factor > 0) {
        return new Pace(factor);
      }
    }
    throw new IllegalArgumentException(
        "speed: expected a factor like 1x or 3600x, or max, found '" + text + "'");
  }

  /** True where frames are never held back. */
  public boolean unbounded() {
    return Double.isInfinite(factor);
  }

  @Override
  public String toString() {
    if (unbounded()) {
      return "max";
    }
    return (factor == Math.rint(factor) ? Long.toString((long) factor) : Double.toString(factor))
        + "x";
  }
}
