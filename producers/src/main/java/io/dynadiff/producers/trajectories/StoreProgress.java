package io.dynadiff.producers.trajectories;

import io.dynadiff.physics.store.WriteProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far a store is: frames, frames per second, time to go.
 *
 * <p>On a terminal the line is rewritten twice a second; elsewhere there is a new one every five
 * seconds. Safe for use by many workers.
 */
final class StoreProgress implements WriteProgress {
  private static final long TERMINAL_INTERVAL_NANOS = 500_000_000L;
  private static final long LOG_INTERVAL_NANOS = 5_000_000_000L;

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final long total;
  private final long startNanos;
  private long shownNanos;
  private boolean rewritten;
  private long found;
  private long written;

  /**
   * Makes a line.
   *
   * @param out usually standard error; not closed
   * @param terminal true where a carriage return goes back to the start of the line
   * @param nanoTime monotonic clock in nanoseconds
   * @param total frames of all trajectories
   */
  StoreProgress(PrintWriter out, boolean terminal, LongSupplier nanoTime, long total) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.total = total;
    this.startNanos = nanoTime.getAsLong();
    this.shownNanos = startNanos;
  }

  @Override
  public synchronized void found(long frames) {
    found += frames;
  }

  @Override
  public synchronized void written(long frames) {
    written += frames;
    long now = nanoTime.getAsLong();
    if (now - shownNanos < (terminal ? TERMINAL_INTERVAL_NANOS : LOG_INTERVAL_NANOS)) {
      return;
    }
    shownNanos = now;
    double rate = written / ((now - startNanos) / 1e9);
    Duration left = Duration.ofSeconds(Math.round((total - found - written) / rate));
    String line =
        String.format(
            Locale.ROOT,
            "%d/%d frames  %.1f/s  ETA %d:%02d:%02d",
            found + written,
            total,
            rate,
            left.toHours(),
            left.toMinutesPart(),
            left.toSecondsPart());
    if (terminal) {
      // Wider than any line before it, so that nothing of that one stays.
      out.printf("\r%-60s", line);
      rewritten = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Ends a rewritten line, so that what follows starts on its own. */
  synchronized void finish() {
    if (rewritten) {
      out.println();
      out.flush();
    }
  }
}
