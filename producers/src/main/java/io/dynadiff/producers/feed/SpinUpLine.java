package io.dynadiff.producers.feed;

import io.dynadiff.physics.simulation.WayListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows on one line how far a simulation has come on the way to its first frame, with the time to
 * go; says nothing where that takes less than a moment. Used by the thread that runs the feed.
 */
public final class SpinUpLine implements WayListener {
  private final StatusLine line;
  private final LongSupplier nanoTime;
  private double firstDone = Double.NaN;
  private long firstNanos;

  /**
   * Makes a line.
   *
   * @param out usually standard error; not closed
   * @param terminal true where a carriage return goes back to the start of the line
   * @param nanoTime monotonic clock in nanoseconds, System::nanoTime outside tests
   */
  public SpinUpLine(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
    this.line = new StatusLine(out, terminal, nanoTime);
    this.nanoTime = nanoTime;
  }

  @Override
  public void progressed(double done, double whole) {
    if (Double.isNaN(firstDone)) {
      firstDone = done;
      firstNanos = nanoTime.getAsLong();
    } else if (line.isDue()) {
      double rate = (done - firstDone) / ((nanoTime.getAsLong() - firstNanos) / 1e9);
      line.show(text(done, whole, rate));
    }
    if (done >= whole) {
      line.finish();
    }
  }

  static String text(double done, double whole, double rate) {
    return String.format(
        Locale.ROOT,
        "before the first frame  %.1f/%.1f time units  %.0f%%  ETA %s",
        done,
        whole,
        100 * done / whole,
        StatusLine.clock((whole - done) / rate));
  }
}
