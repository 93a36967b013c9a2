package io.dynadiff.cli.bench.measure;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Numbers by dotted name, as results files hold them. Not thread-safe. */
public final class Figures {

  private final SortedMap<String, Double> byName = new TreeMap<>();

  /**
   * Adds a number.
   *
   * @throws IllegalStateException if there is one of that name, or it is not finite
   */
  public void put(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalStateException("figure " + name + ": expected a number, found " + value);
    }
    if (byName.putIfAbsent(name, value) != null) {
      throw new IllegalStateException("figure " + name + ": expected once, found twice");
    }
  }

  /**
   * Adds the median of repeated measurements under the name, and the lowest and highest with
   * suffixes.
   */
  public void putSpread(String name, Collection<Double> measurements) {
    Quantiles quantiles = Quantiles.of(measurements);
    put(name, quantiles.median());
    put(name + ".lowest", quantiles.lowest());
    put(name + ".highest", quantiles.highest());
  }

  /** Adds p50, p95 and p99 of durations in milliseconds, and how many there were. */
  public void putDurations(String name, Collection<Double> millis) {
    Quantiles quantiles = Quantiles.of(millis);
    put(name + ".p50Ms", quantiles.at(0.5));
    put(name + ".p95Ms", quantiles.at(0.95));
    put(name + ".p99Ms", quantiles.at(0.99));
    put(name + ".count", quantiles.count());
  }

  /** Adds exponent, factor and R² of a power law that was fitted. */
  public void putLaw(String name, PowerLaw law) {
    put(name + ".exponent", law.exponent());
    put(name + ".factor", law.factor());
    put(name + ".rSquared", law.rSquared());
  }

  /** What there is, sorted by name; not to be changed. */
  public SortedMap<String, Double> byName() {
    return Collections.unmodifiableSortedMap(byName);
  }
}
