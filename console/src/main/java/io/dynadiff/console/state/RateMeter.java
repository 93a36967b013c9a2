package io.dynadiff.console.state;

import java.util.Arrays;

/** Counts events and says how many came each second lately. Safe for use by many threads. */
public final class RateMeter {

  private static final int SECONDS = 10;

  private final long[] counts = new long[SECONDS + 1];
  private final long firstSecond;
  private long newestSecond;
  private long total;

  /**
   * Begins to count.
   *
   * @param nowMillis wall clock
   */
  public RateMeter(long nowMillis) {
    firstSecond = nowMillis / 1000;
    newestSecond = firstSecond;
  }

  /**
   * One event at a time of the wall clock; a clock that goes backwards counts as standing still.
   */
  public synchronized void mark(long nowMillis) {
    advance(nowMillis);
    counts[(int) (newestSecond % counts.length)]++;
    total++;
  }

  /** Events per second over the last ten whole seconds, or over fewer where it began later. */
  public synchronized double perSecond(long nowMillis) {
    advance(nowMillis);
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += i == newestSecond % counts.length ? 0 : counts[i];
    }
    long seconds = Math.min(SECONDS, newestSecond - firstSecond);
    return seconds == 0 ? 0 : (double) sum / seconds;
  }

  /** Events ever. */
  public synchronized long total() {
    return total;
  }

  private void advance(long nowMillis) {
    long second = nowMillis / 1000;
    if (second - newestSecond > counts.length) {
      Arrays.fill(counts, 0);
      newestSecond = second;
    }
    while (newestSecond < second) {
      newestSecond++;
      counts[(int) (newestSecond % counts.length)] = 0;
    }
  }
}
