package io.dynadiff.cli.physics;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Lines that say which stage of how many runs and how long the rest will about take. */
public final class StageProgress {
  private static final double SECONDS_BETWEEN_LINES = 5;

  private final PrintWriter out;
  private final LongSupplier nanos;
  private final int stages;
  private final double expectedSeconds;
  private final long begun;
  private int stage;
  private String title = "";
  private double expectedBefore;
  private double expectedOfStage;
  private long lastLine;

  /**
   * Begins to count.
   *
   * @param expectedSeconds guess for all stages; corrected by what the first ones really took
   * @param nanos a monotonic clock
   */
  public StageProgress(PrintWriter out, int stages, double expectedSeconds, LongSupplier nanos) {
    this.out = out;
    this.stages = stages;
    this.expectedSeconds = expectedSeconds;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /** Begins the next stage. */
  public void begin(String nextTitle, double expected) {
    expectedBefore += expectedOfStage;
    expectedOfStage = expected;
    title = nextTitle;
    stage++;
    print(0);
  }

  /** Notes how much of the stage is done, 0 to 1; prints now and then. */
  public void within(double done) {
    if ((nanos.getAsLong() - lastLine) / 1e9 >= SECONDS_BETWEEN_LINES) {
      print(done);
    }
  }

  /** Seconds since the beginning. */
  public double seconds() {
    return (nanos.getAsLong() - begun) / 1e9;
  }

  private void print(double done) {
    lastLine = nanos.getAsLong();
    double past = expectedBefore + done * expectedOfStage;
    // Until something is done there is only the guess.
    double pace = past > 0 ? seconds() / past : 1;
    out.printf(
        Locale.ROOT,
        "[%d/%d] %s%s, %.0f s so far, about %.0f s left%n",
        stage,
        stages,
        title,
        done > 0 ? String.format(Locale.ROOT, " %.0f %%", 100 * done) : "",
        seconds(),
        Math.max(0, (expectedSeconds - past) * pace));
    out.flush();
  }
}
