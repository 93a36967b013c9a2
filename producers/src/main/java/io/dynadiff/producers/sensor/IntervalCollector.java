package io.dynadiff.producers.sensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Collects observations into intervals of event time and closes them in order.
 *
 * <p>The interval of time T holds (T - interval, T]; T is a multiple of the interval, counted from
 * 1970. It closes when an observation more than the lateness after T has been seen, so that what is
 * out of order by less is still in time.
 *
 * <pre>
 *   event time   ... T-1h ] . . . . . . . . . . T ] . lateness . |
 *                          interval of T                          closes at the first one from here
 * </pre>
 *
 * <p>Of several observations of a station in one interval the latest counts, and of several of the
 * same instant the one that arrived last, which may correct an earlier one. Thread-confined.
 */
final class IntervalCollector {

  /** What became of an observation. */
  enum Outcome {
    TAKEN,
    /** Same station and instant as one before it, which it replaces. */
    REPEATED,
    /** Its interval is closed. */
    LATE,
    /** Its interval was closed by an earlier start of this run. */
    BEFORE_START,
    /** It claims to be measured after the present. */
    FUTURE
  }

  /**
   * A closed interval.
   *
   * @param eventTimeMillis its end, T
   * @param observations one for each station
   */
  record Interval(long eventTimeMillis, List<Observation> observations) {}

  private final long intervalMillis;
  private final long latenessMillis;
  private final LongSupplier wallMillis;
  private final long startMillis;
  private final TreeMap<Long, Map<String, Observation>> open = new TreeMap<>();
  private long newestMillis = Long.MIN_VALUE;
  private long closedMillis;

  /**
   * Makes a collector.
   *
   * @param startMillis end of the last interval of an earlier start; Long.MIN_VALUE without one
   * @param wallMillis the present, milliseconds since 1970
   */
  IntervalCollector(
      long intervalMillis, long latenessMillis, long startMillis, LongSupplier wallMillis) {
    this.intervalMillis = intervalMillis;
    this.latenessMillis = latenessMillis;
    this.startMillis = startMillis;
    this.closedMillis = startMillis;
    this.wallMillis = wallMillis;
  }

  /** Takes an observation, or says why not. */
  Outcome add(Observation observation) {
    long time = observation.eventTimeMillis();
    long end = -Math.floorDiv(-time, intervalMillis) * intervalMillis;
    if (end <= startMillis) {
      return Outcome.BEFORE_START;
    }
    boolean passed = newestMillis != Long.MIN_VALUE && end < newestMillis - latenessMillis;
    if (end <= closedMillis || passed) {
      return Outcome.LATE;
    }
    // A single clock that runs ahead must not close the intervals of everybody else.
    if (time > wallMillis.getAsLong() + latenessMillis) {
      return Outcome.FUTURE;
    }
    newestMillis = Math.max(newestMillis, time);
    Map<String, Observation> stations = open.computeIfAbsent(end, k -> new LinkedHashMap<>());
    Observation known = stations.get(observation.station());
    if (known == null || known.eventTimeMillis() <= time) {
      stations.put(observation.station(), observation);
    }
    return known != null && known.eventTimeMillis() == time ? Outcome.REPEATED : Outcome.TAKEN;
  }

  /** The intervals that have become complete, oldest first. */
  List<Interval> closed() {
    return close(newestMillis == Long.MIN_VALUE ? newestMillis : newestMillis - latenessMillis);
  }

  /** All intervals, when the input has ended and nothing can follow. */
  List<Interval> closeAll() {
    return close(Long.MAX_VALUE);
  }

  private List<Interval> close(long before) {
    List<Interval> closed = new ArrayList<>();
    while (!open.isEmpty() && open.firstKey() < before) {
      Map.Entry<Long, Map<String, Observation>> first = open.pollFirstEntry();
      closedMillis = first.getKey();
      closed.add(new Interval(first.getKey(), List.copyOf(first.getValue().values())));
    }
    return closed;
  }

  /** Observations in intervals that are still open. */
  int waiting() {
    return open.values().stream().mapToInt(Map::size).sum();
  }
}
