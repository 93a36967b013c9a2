package io.dynadiff.producers.feed;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Shows the progress of a feed on one line: frames, rate, lag against the pace, time to go.
 *
 * <p>On a terminal the line is rewritten twice a second; elsewhere a new line is written every five
 * seconds, so that logs stay readable. Used by the thread that runs the feed.
 */
public final class ProgressLine implements Consumer<FeedProgress> {
  private static final long TERMINAL_INTERVAL_NANOS = 500_000_000L;
  private static final long LOG_INTERVAL_NANOS = 5_000_000_000L;

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private long shownNanos;
  private int shownLength;

  /**
   * Makes a line.
   *
   * @param out usually standard error; not closed
   * @param terminal true where a carriage return goes back to the start of the line
   * @param nanoTime monotonic clock in nanoseconds, System::nanoTime outside tests
   */
  public ProgressLine(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.shownNanos = startNanos;
  }

  @Override
  public void accept(FeedProgress progress) {
    long now = nanoTime.getAsLong();
    if (now - shownNanos < (terminal ? TERMINAL_INTERVAL_NANOS : LOG_INTERVAL_NANOS)) {
      return;
    }
    shownNanos = now;
    String line = line(progress, (now - startNanos) / 1e9);
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, shownLength - line.length())));
      shownLength = line.length();
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Ends a rewritten line, so that what follows starts on its own. */
  public void finish() {
    if (terminal && shownLength > 0) {
      out.println();
      out.flush();
    }
  }

  static String line(FeedProgress progress, double seconds) {
    double rate = seconds > 0 ? progress.committed() / seconds : 0;
    StringBuilder line = new StringBuilder();
    line.append("run ").append(progress.runId()).append("  ").append(progress.done());
    if (progress.total().isPresent()) {
      line.append('/').append(progress.total().getAsLong());
    }
    line.append(" frames  ").append(String.format(Locale.ROOT, "%.1f/s", rate));
    line.append("  event time ").append(Instant.ofEpochMilli(progress.eventTimeMillis()));
    line.append(String.format(Locale.ROOT, "  lag %.1f s", progress.lagMillis() / 1000.0));
    if (progress.total().isPresent() && rate > 0) {
      long left = Math.round((progress.total().getAsLong() - progress.done()) / rate);
      line.append("  ETA ").append(clock(Duration.ofSeconds(Math.max(0, left))));
    }
    return line.toString();
  }

  private static String clock(Duration duration) {
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }
}
