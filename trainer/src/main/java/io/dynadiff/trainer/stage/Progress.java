package io.dynadiff.trainer.stage;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints how far a stage is, its rate and when it will be done; at most one line a while. */
public final class Progress {

  private static final long INTERVAL_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final String stage;
  private final int total;
  private final int firstStep;
  private final long start = System.nanoTime();
  private long printed = start;

  /**
   * @param out where to print
   * @param stage name of the stage
   * @param total steps in all
   * @param firstStep steps that an earlier run has done
   */
  public Progress(PrintStream out, String stage, int total, int firstStep) {
    this.out = out;
    this.stage = stage;
    this.total = total;
    this.firstStep = firstStep;
    if (firstStep > 0) {
      out.printf(Locale.ROOT, "%-16s goes on from step %d of %d%n", stage, firstStep, total);
    }
  }

  /** Reports a finished step. */
  public void step(int done, double loss) {
    long now = System.nanoTime();
    if (now - printed < INTERVAL_NANOS && done < total) {
      return;
    }
    printed = now;
    double perStep = (now - start) / 1e9 / Math.max(1, done - firstStep);
    out.printf(
        Locale.ROOT,
        "%-16s %6d/%d  loss %.5f  %.0f ms/step  ETA %s%n",
        stage,
        done,
        total,
        loss,
        1000 * perStep,
        clock((total - done) * perStep));
  }

  private static String clock(double seconds) {
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
  }
}
