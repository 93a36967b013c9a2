package io.dynadiff.producers.sensor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Knows the stations that have ever reported or are expected to, and which of them are silent.
 *
 * <p>Thread-confined.
 */
final class StationRegister {
  private final long intervalMillis;
  private final int silentAfter;
  private final Map<String, Long> lastInterval = new TreeMap<>();
  private final TreeSet<String> silent = new TreeSet<>();
  private final TreeSet<String> reported = new TreeSet<>();
  private final List<String> expected;

  StationRegister(long intervalMillis, int silentAfter, List<String> expected) {
    this.expected = List.copyOf(expected);
    this.intervalMillis = intervalMillis;
    this.silentAfter = silentAfter;
  }

  /**
   * Takes note of a closed interval; returns a sentence for each station that fell silent or is
   * back.
   */
  List<String> record(IntervalCollector.Interval interval) {
    long now = interval.eventTimeMillis();
    List<String> notices = new ArrayList<>();
    // A station that never says anything is silent from the interval before the first.
    expected.forEach(station -> lastInterval.putIfAbsent(station, now - intervalMillis));
    for (Observation observation : interval.observations()) {
      lastInterval.put(observation.station(), now);
      reported.add(observation.station());
      if (silent.remove(observation.station())) {
        notices.add(
            "station " + observation.station() + " is back at " + Instant.ofEpochMilli(now));
      }
    }
    lastInterval.forEach(
        (station, last) -> {
          if (now - last >= silentAfter * intervalMillis && silent.add(station)) {
            notices.add(
                "station "
                    + station
                    + " has given no data since "
                    + Instant.ofEpochMilli(last)
                    + (reported.contains(station) ? "" : ", the start of the feed"));
          }
        });
    return notices;
  }

  /** Stations that are silent now, in order of their names. */
  List<String> silent() {
    return List.copyOf(silent);
  }

  /** Stations that have ever reported. */
  int known() {
    return reported.size();
  }
}
