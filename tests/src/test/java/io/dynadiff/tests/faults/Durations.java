package io.dynadiff.tests.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Durations of something that happened several times, in milliseconds. */
final class Durations {

  private final List<Long> millis = new ArrayList<>();

  void add(long duration) {
    millis.add(duration);
  }

  /** Median, 95th percentile and largest, as NAME.p50Ms and so on; nothing if there was none. */
  Map<String, Double> figures(String name) {
    Map<String, Double> figures = new TreeMap<>();
    if (!millis.isEmpty()) {
      List<Long> sorted = millis.stream().sorted().toList();
      figures.put(name + ".p50Ms", at(sorted, 0.5));
      figures.put(name + ".p95Ms", at(sorted, 0.95));
      figures.put(name + ".maxMs", at(sorted, 1));
    }
    return figures;
  }

  /** Nearest rank. */
  private static double at(List<Long> sorted, double share) {
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }
}
