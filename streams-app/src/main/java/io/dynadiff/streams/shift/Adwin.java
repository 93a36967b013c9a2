package io.dynadiff.streams.shift;

import java.util.ArrayList;
import java.util.List;

/**
 * Adaptive windowing (Bifet and Gavalda 2007): keeps a window of excesses and, whichever way it is
 * cut in two, compares the means of the parts.
 *
 * <pre>
 *   n excesses = n0 older | n1 newer,   m = 1 / (1/n0 + 1/n1),   l = ln(2 ln(n) / confidence)
 *   bound = sqrt(2/m * variance * l) + 2/(3m) * l
 *   mean of the newer - mean of the older > bound: shift;  < -bound: the older part is forgotten
 * </pre>
 *
 * <p>The window is the memory, plainly, without the paper's histogram: it is bounded, since what an
 * expert's errors were long ago is no yardstick. MOA and its kin keep the statistics of this test
 * in objects that cannot live in a state store, and are under the GPL.
 */
public final class Adwin implements ShiftDetector {

  private final AdwinSettings settings;

  public Adwin(AdwinSettings settings) {
    this.settings = settings;
  }

  /** A way to cut the window: excesses in the newer part, rise of their mean, and its bound. */
  private record Cut(int newer, double rise, double bound) {}

  @Override
  public Evidence update(List<Double> memory, double excess) {
    List<Double> window = new ArrayList<>(memory);
    window.add(excess);
    if (window.size() > settings.longestWindow()) {
      window.remove(0);
    }
    Cut highest = new Cut(0, 0, 1);
    int forget = 0;
    for (Cut cut : cuts(window)) {
      if (cut.rise() / cut.bound() > highest.rise() / highest.bound()) {
        highest = cut;
      }
      if (-cut.rise() > cut.bound()) {
        forget = window.size() - cut.newer();
      }
    }
    // Half-way to the bound the reference stops following, so that it does not swallow the rise.
    int run = highest.rise() > highest.bound() / 2 ? highest.newer() : 0;
    return new Evidence(
        window.subList(forget, window.size()), highest.rise(), highest.bound(), run);
  }

  private List<Cut> cuts(List<Double> window) {
    int count = window.size();
    double sum = window.stream().mapToDouble(v -> v).sum();
    double mean = sum / count;
    double variance = window.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / count;
    List<Cut> cuts = new ArrayList<>();
    double olderSum = 0;
    for (int older = 1; older <= count - settings.smallestPart(); older++) {
      olderSum += window.get(older - 1);
      if (older >= settings.smallestPart()) {
        int newer = count - older;
        double rise = (sum - olderSum) / newer - olderSum / older;
        cuts.add(new Cut(newer, rise, bound(older, newer, variance)));
      }
    }
    return cuts;
  }

  private double bound(int older, int newer, double variance) {
    double perMean = 1.0 / older + 1.0 / newer;
    double odds = Math.log(2 * Math.log(older + newer) / settings.confidence());
    return Math.sqrt(2 * perMean * variance * odds) + 2.0 / 3 * perMean * odds;
  }
}
