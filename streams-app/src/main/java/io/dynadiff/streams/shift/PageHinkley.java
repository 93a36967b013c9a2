package io.dynadiff.streams.shift;

import java.util.List;

/**
 * Page-Hinkley test (Hinkley 1971): how far the cumulative deviation from the running mean has
 * risen above its lowest point.
 *
 * <pre>
 *   mean(n) = mean of excess(1..n)
 *   m(n)    = m(n-1) + excess(n) - mean(n) - allowance
 *   shift if m(n) - min m > threshold
 * </pre>
 *
 * <p>Unlike {@link Cusum} it measures against a mean that follows the errors themselves, also while
 * they rise, so a slow drift is learnt instead of reported. The change is dated to the first excess
 * after the lowest point; or, since a small allowance lets faint evidence linger from long before a
 * large change, to the first after the lowest point that a larger allowance gives, as long as there
 * is evidence by that, too.
 */
public final class PageHinkley implements ShiftDetector {

  /** Allowance by which large changes are dated: half the excess of a trebled error. */
  private static final double STEEP = 0.55;

  private final PageHinkleySettings settings;

  public PageHinkley(PageHinkleySettings settings) {
    this.settings = settings;
  }

  /** What is remembered; a rise is how far m lies above its lowest point, a run since when. */
  private record Memory(
      double count, double mean, double rise, double run, double steepRise, double steepRun) {

    static Memory of(List<Double> numbers) {
      return numbers.isEmpty()
          ? new Memory(0, 0, 0, 0, 0, 0)
          : new Memory(
              numbers.get(0),
              numbers.get(1),
              numbers.get(2),
              numbers.get(3),
              numbers.get(4),
              numbers.get(5));
    }

    List<Double> numbers() {
      return List.of(count, mean, rise, run, steepRise, steepRun);
    }
  }

  @Override
  public Evidence update(List<Double> memory, double excess) {
    Memory m = Memory.of(memory);
    double count = m.count() + 1;
    // The mean starts from 0, the expert's usual error, as if that had been seen once.
    double share = Math.max(settings.forgetting(), 1 / (count + 1));
    double mean = m.mean() + share * (excess - m.mean());
    // The rise above the lowest point needs neither m nor its minimum, which fall without end.
    double deviation = excess - mean;
    double rise = Math.max(0, m.rise() + deviation - settings.allowance());
    double run = rise > 0 ? m.run() + 1 : 0;
    double steepRise = Math.max(0, m.steepRise() + deviation - STEEP);
    double steepRun = steepRise > 0 ? m.steepRun() + 1 : 0;
    Memory next = new Memory(count, mean, rise, run, steepRise, steepRun);
    double since = rise > 0 && steepRun > 0 ? Math.min(run, steepRun) : run;
    return new Evidence(next.numbers(), rise, settings.threshold(), (int) since);
  }
}
