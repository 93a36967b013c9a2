package io.dynadiff.producers.pace;

import java.util.function.LongSupplier;

/**
 * Tells when a frame is due: the first one at once, every other one after its distance in event
 * time, divided by the pace.
 *
 * <p>Due times are anchored at the first frame and not at the one before, so that delays do not add
 * up: a feed held up catches up. Immutable apart from the clock it reads; thread-safe.
 */
public final class PaceClock {
  private final Pace pace;
  private final long firstEventMillis;
  private final LongSupplier nanoTime;
  private final long startNanos;

  /**
   * Starts the clock.
   *
   * @param firstEventMillis event time of the first frame
   * @param nanoTime monotonic clock in nanoseconds, System::nanoTime outside tests
   */
  public PaceClock(Pace pace, long firstEventMillis, LongSupplier nanoTime) {
    this.pace = pace;
    this.firstEventMillis = firstEventMillis;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  /** Nanoseconds until a frame is due; negative by the lag where it is overdue, 0 at pace max. */
  public long nanosUntil(long eventMillis) {
    if (pace.unbounded()) {
      return 0;
    }
    double due = (eventMillis - firstEventMillis) * 1e6 / pace.factor();
    return (long) due - (nanoTime.getAsLong() - startNanos);
  }
}
