package io.dynadiff.cli.forecasts;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * Says on standard error how far a topic has been read and how long the rest will take; silent
 * while it takes a few seconds.
 */
final class ReadProgress {

  private static final long EVERY_NS = 3_000_000_000L;

  private final PrintWriter err;
  private final String what;
  private final LongSupplier nanos;
  private long total;
  private long began;
  private long said;

  /**
   * @param what begins each line, for example {@code writing}
   * @param nanos a clock, {@link System#nanoTime}
   */
  ReadProgress(PrintWriter err, String what, LongSupplier nanos) {
    this.err = err;
    this.what = what;
    this.nanos = nanos;
  }

  /** Says how many records there are to read. */
  void begins(long records) {
    total = records;
    began = nanos.getAsLong();
    said = began;
  }

  /** Says how many have been read. */
  void at(long records) {
    long now = nanos.getAsLong();
    if (now - said < EVERY_NS || records == 0) {
      return;
    }
    said = now;
    double left = (now - began) * 1e-9 * (total - records) / records;
    err.printf(
        "%s: %d of %d records, %d s left%n", what, records, total, Math.round(Math.max(0, left)));
    err.flush();
  }
}
