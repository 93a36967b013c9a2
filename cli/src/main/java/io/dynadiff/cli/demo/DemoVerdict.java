package io.dynadiff.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Judges whether anything was lost between the feeds and the scores. */
final class DemoVerdict {

  private DemoVerdict() {}

  /**
   * Returns true when every frame that was sent has come all the way, so that waiting longer
   * changes nothing.
   */
  static boolean complete(DemoTally tally, Expectation expected) {
    return objections(tally, expected).isEmpty();
  }

  /** Returns one sentence for each thing that was lost, repeated or judged wrongly. */
  static List<String> objections(DemoTally tally, Expectation expected) {
    return tally.read(environments -> objections(environments, expected));
  }

  private static List<String> objections(
      List<EnvironmentTally> environments, Expectation expected) {
    List<String> objections = new ArrayList<>();
    Map<String, Long> rejected = new TreeMap<>();
    Map<String, Long> unseen = new TreeMap<>(expected.acknowledged());
    long published = 0;
    for (EnvironmentTally environment : environments) {
      String id = environment.environmentId();
      published += environment.publishedCount();
      environment.rejectedByReason().forEach((reason, n) -> rejected.merge(reason, n, Long::sum));
      unseen.remove(id);
      expect(
          objections,
          id,
          "frames published",
          environment.publishedCount(),
          "admitted + rejected",
          environment.admitted().count() + environment.rejectedCount());
      expect(
          objections,
          id,
          "good frames acknowledged",
          expected.acknowledged().getOrDefault(id, 0L),
          "admitted",
          environment.admitted().count());
      expectInSequence(objections, id, "admitted frames", environment.admitted());
      for (Map.Entry<String, SequenceCount> output :
          Map.of("forecasts", environment.forecasts(), "scores", environment.scores()).entrySet()) {
        expect(
            objections,
            id,
            "frames admitted",
            environment.admitted().count(),
            output.getKey(),
            output.getValue().count());
        expectInSequence(objections, id, output.getKey(), output.getValue());
      }
    }
    unseen.forEach(
        (id, count) ->
            expect(objections, id, "good frames acknowledged", count, "seen on the topic", 0));
    expect(objections, "all", "frames sent", expected.published(), "found on the topic", published);
    if (!rejected.equals(new TreeMap<>(expected.malformed()))) {
      objections.add(
          "all: expected rejections %s, found %s."
              .formatted(new TreeMap<>(expected.malformed()), rejected));
    }
    return objections;
  }

  private static void expect(
      List<String> objections, String where, String what, long count, String other, long found) {
    if (count != found) {
      objections.add("%s: %s %d, but %s %d.".formatted(where, what, count, other, found));
    }
  }

  private static void expectInSequence(
      List<String> objections, String where, String what, SequenceCount sequence) {
    if (sequence.repeated() > 0 || sequence.missing() > 0) {
      objections.add(
          "%s: among the %s %d sequence numbers are missing and %d came again or too late."
              .formatted(where, what, sequence.missing(), sequence.repeated()));
    }
  }
}
