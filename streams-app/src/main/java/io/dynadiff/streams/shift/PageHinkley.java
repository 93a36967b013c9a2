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
 * after the lowest point.
 */
public final class PageHinkley implements ShiftDetector {

  private final PageHinkleySettings settings;

  public PageHinkley(PageHinkleySettings settings) {
    this.settings = settings;
  }

  @Override
  public Evidence update(List<Double> memory, double excess) {
    double countBefore = memory.isEmpty() ? 0 : memory.get(0);
    double meanBefore = memory.isEmpty() ? 0 : memory.get(1);
    double riseBefore = memory.isEmpty() ? 0 : memory.get(2);
    double runBefore = memory.isEmpty() ? 0 : memory.get(3);
    double count = countBefore + 1;
    // The mean starts from 0, the expert's usual error, as if that had been seen once.
    double share = Math.max(settings.forgetting(), 1 / (count + 1));
    double mean = meanBefore + share * (excess - meanBefore);
    // The rise above the lowest point needs neither m nor its minimum, which fall without end.
    double rise = Math.max(0, riseBefore + excess - mean - settings.allowance());
    double run = rise > 0 ? runBefore + 1 : 0;
    return new Evidence(List.of(count, mean, rise, run), rise, settings.threshold(), (int) run);
  }
}
