package io.dynadiff.cli.demo;

import java.util.Map;

/**
 * What the feeds did, against which the topics are judged.
 *
 * @param acknowledged good frames that the broker acknowledged, by environment
 * @param malformed malformed frames that were sent, by the reason for which each must be rejected
 */
record Expectation(Map<String, Long> acknowledged, Map<String, Long> malformed) {

  Expectation {
    acknowledged = Map.copyOf(acknowledged);
    malformed = Map.copyOf(malformed);
  }

  long published() {
    return sum(acknowledged) + sum(malformed);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
