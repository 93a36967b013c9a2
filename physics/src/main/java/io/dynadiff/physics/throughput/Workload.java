package io.dynadiff.physics.throughput;

/**
 * Something to time: a piece of work of known size on one thread.
 *
 * @param name dotted name under which its rates are recorded
 * @param unit what is counted, in the plural
 * @param units how many of them a run does, greater than 0
 * @param run does them once
 */
public record Workload(String name, String unit, double units, Runnable run) {

  public Workload {
    if (!(units > 0)) {
      throw new IllegalArgumentException(
          "workload " + name + ": expected more than 0 " + unit + ", found " + units);
    }
  }
}
