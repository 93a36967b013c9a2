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
  private static final Duration LONGEST_LAG = Duration.ofDays(7);

  private final StatusLine line;
  private final LongSupplier nanoTime;
  private long firstNanos;
  private long firstCommitted;

  /**
   * Makes a line.
   *
   * @param out usually standard error; not closed
   * @param terminal true where a carriage return goes back to the start of the line
   * @param nanoTime monotonic clock in nanoseconds, System::nanoTime outside tests
   */
  public ProgressLine(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
    this.line = new StatusLine(out, terminal, nanoTime);
    this.nanoTime = nanoTime;
  }

  @Override
  public void accept(FeedProgress progress) {
    long now = nanoTime.getAsLong();
    if (line.isDue()) {
      // What came before the first frames, a simulation's spin-up for one, says nothing of the
      // rate.
      double rate =
          firstCommitted == 0
              ? Double.NaN
              : (progress.committed() - firstCommitted) / ((now - firstNanos) / 1e9);
      line.show(line(progress, rate));
    }
    if (firstCommitted == 0) {
      firstNanos = now;
      firstCommitted = progress.committed();
    }
  }

  /** Ends a rewritten line, so that what follows starts on its own. */
  public void finish() {
    line.finish();
  }

  /** The line; a rate of NaN is not known yet and left out with what follows from it. */
  static String line(FeedProgress progress, double rate) {
    StringBuilder line = new StringBuilder();
    line.append("run ").append(progress.runId()).append("  ").append(progress.done());
    if (progress.total().isPresent()) {
      line.append('/').append(progress.total().getAsLong());
    }
    line.append(" frames");
    if (!Double.isNaN(rate)) {
      line.append(String.format(Locale.ROOT, "  %.1f/s", rate));
    }
    line.append("  event time ").append(Instant.ofEpochMilli(progress.eventTimeMillis()));
    // A history is not behind.
    if (progress.lagMillis() < LONGEST_LAG.toMillis()) {
      line.append(String.format(Locale.ROOT, "  lag %.1f s", progress.lagMillis() / 1000.0));
    }
    if (progress.total().isPresent() && rate > 0) {
      double left = progress.total().getAsLong() - progress.done();
      line.append("  ETA ").append(StatusLine.clock(left / rate));
    }
    return line.toString();
  }
}
