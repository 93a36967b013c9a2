package io.dynadiff.streams.shift;

import java.util.List;

/**
 * A sequential test for a lasting rise: takes excesses one by one and says how sure it is.
 *
 * <p>An excess is the natural logarithm of an error over the error that the expert usually has: 0
 * is as usual, 0.69 is twice the usual. {@link ShiftMonitor} computes it, bounds it, and does what
 * every test needs: warm-up, hysteresis and cool-down.
 *
 * <p>Implementations are pure: everything they remember is in the numbers that they return and are
 * given again, so that it can live in a state store. Thread-safe.
 */
public interface ShiftDetector {

  /**
   * Takes one excess into account.
   *
   * @param memory the numbers returned last time; empty at first, after a swap and after a
   *     cool-down
   * @param excess finite
   */
  Evidence update(List<Double> memory, double excess);

  /**
   * What a test makes of the excesses so far.
   *
   * @param memory numbers to hand back with the next excess; their meaning is the test's own
   * @param statistic value of the test statistic
   * @param threshold value above which the change is certain, positive
   * @param run number of latest excesses that speak for a change, the present one included; 0 if it
   *     does not
   */
  record Evidence(List<Double> memory, double statistic, double threshold, int run) {

    public Evidence {
      memory = List.copyOf(memory);
      if (!(threshold > 0) || run < 0) {
        throw new IllegalArgumentException(
            "evidence: expected a positive threshold and a run of at least 0, found "
                + threshold
                + " and "
                + run);
      }
    }

    /** Whether the change is certain. */
    public boolean certain() {
      return run > 0 && statistic > threshold;
    }
  }
}
