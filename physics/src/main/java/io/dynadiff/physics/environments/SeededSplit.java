package io.dynadiff.physics.environments;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The rule behind every list of seen environments: the first of a seeded Fisher-Yates shuffle. */
final class SeededSplit {
  private SeededSplit() {}

  /**
   * Positions of the seen environments, rising.
   *
   * @param environments number of environments to draw from
   * @param seen number to draw, 1 to environments; a smaller number draws a subset of a larger
   */
  static int[] positions(long seed, int environments, int seen) {
    if (seen < 1 || seen > environments) {
      throw new IllegalArgumentException(
          "seen environments: expected 1 to " + environments + ", found " + seen);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[environments];
    Arrays.setAll(order, i -> i);
    for (int i = environments - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    int[] first = Arrays.copyOf(order, seen);
    Arrays.sort(first);
    return first;
  }
}
