package io.dynadiff.cli.bench.online;

import java.util.ArrayList;
import java.util.List;

/** How far something had come at which moment. Not thread-safe. */
final class ReadProgress {

  private record Moment(long nanos, long records, long processorNanos) {}

  private final List<Moment> moments = new ArrayList<>();

  /**
   * Notes a position; positions never fall.
   *
   * @param nanos monotonic time
   * @param processorNanos processor time that all of it has taken so far
   */
  void note(long nanos, long records, long processorNanos) {
    moments.add(new Moment(nanos, records, processorNanos));
  }

  /**
   * Records per second from the first moment at which a part of all had been read to the first at
   * which all had: what starts up does not count.
   *
   * @param first records that had been read at the beginning, at least
   * @param last records that had been read at the end, at least
   * @throws IllegalStateException if it never came as far, or went from one to the other at once
   */
  double rate(long first, long last) {
    Moment from = reached(first);
    Moment to = reached(last);
    if (to.nanos <= from.nanos || to.records <= from.records) {
      throw new IllegalStateException(
          "progress: expected records "
              + first
              + " and "
              + last
              + " at different moments, found both at once; read more records");
    }
    return (to.records - from.records) / ((to.nanos - from.nanos) / 1e9);
  }

  /** Milliseconds of processor time per record over the same stretch. */
  double processorMillis(long first, long last) {
    Moment from = reached(first);
    Moment to = reached(last);
    return (to.processorNanos - from.processorNanos) / 1e6 / (to.records - from.records);
  }

  private Moment reached(long records) {
    return moments.stream()
        .filter(moment -> moment.records >= records)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "progress: expected " + records + " records to be read, found fewer"));
  }
}
