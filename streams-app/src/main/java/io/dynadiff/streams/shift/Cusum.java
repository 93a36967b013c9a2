package io.dynadiff.streams.shift;

import java.util.List;

/**
 * One-sided cumulative sum test (Page 1954).
 *
 * <pre>
 *   S(n) = max(0, S(n-1) + excess - allowance),   shift if S > threshold
 * </pre>
 *
 * <p>The change is dated to the first excess of the present run of evidence, which is forgotten
 * only when the sum has returned to zero.
 */
public final class Cusum implements ShiftDetector {

  private final CusumSettings settings;

  public Cusum(CusumSettings settings) {
    this.settings = settings;
  }

  @Override
  public Evidence update(List<Double> memory, double excess) {
    double sumBefore = memory.isEmpty() ? 0 : memory.get(0);
    double runBefore = memory.isEmpty() ? 0 : memory.get(1);
    double sum = Math.max(0, sumBefore + excess - settings.allowance());
    double run = sum > 0 ? runBefore + 1 : 0;
    return new Evidence(List.of(sum, run), sum, settings.threshold(), (int) run);
  }
}
