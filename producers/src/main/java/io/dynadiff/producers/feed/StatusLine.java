package io.dynadiff.producers.feed;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line that is rewritten on a terminal twice a second; elsewhere a new line is written every
 * five seconds, so that logs stay readable. Used by one thread.
 */
final class StatusLine {
  private static final long TERMINAL_INTERVAL_NANOS = 500_000_000L;
  private static final long LOG_INTERVAL_NANOS = 5_000_000_000L;

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private long shownNanos;
  private int shownLength;

  /**
   * Makes a line; the first text is due after the interval.
   *
   * @param out usually standard error; not closed
   * @param terminal true where a carriage return goes back to the start of the line
   * @param nanoTime monotonic clock in nanoseconds
   */
  StatusLine(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.shownNanos = nanoTime.getAsLong();
  }

  /** Whether it is time for another text. */
  boolean isDue() {
    return nanoTime.getAsLong() - shownNanos
        >= (terminal ? TERMINAL_INTERVAL_NANOS : LOG_INTERVAL_NANOS);
  }

  void show(String text) {
    shownNanos = nanoTime.getAsLong();
    if (terminal) {
      out.print("\r" + text + " ".repeat(Math.max(0, shownLength - text.length())));
      shownLength = text.length();
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Ends a rewritten line, so that what follows starts on its own. */
  void finish() {
    if (terminal && shownLength > 0) {
      out.println();
      out.flush();
      shownLength = 0;
    }
  }

  /** Time to go, hours:minutes:seconds. */
  static String clock(double seconds) {
    Duration duration = Duration.ofSeconds(Math.max(0, Math.round(seconds)));
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }
}
