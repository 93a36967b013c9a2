package io.dynadiff.cli.bench.online;

/**
 * Finds the largest level that passes, by doubling until one fails and then halving the gap. Levels
 * that pass are assumed to lie below those that fail.
 */
final class LevelSearch {

  /** Tries a level. */
  @FunctionalInterface
  interface Trial {
    boolean passes(int level) throws Exception;
  }

  private LevelSearch() {}

  /**
   * Searches.
   *
   * @param first the first level tried, at least 1
   * @param largest not to be exceeded, at least {@code first}
   * @param resolution the gap that is small enough, as a share of the level
   * @return the largest level that passed; 0 if none did
   */
  static int largest(int first, int largest, double resolution, Trial trial) throws Exception {
    if (first < 1 || largest < first || !(resolution > 0)) {
      throw new IllegalArgumentException(
          "search: expected 1 <= first <= largest and a positive resolution, found "
              + first
              + ", "
              + largest
              + " and "
              + resolution);
    }
    int passed = 0;
    int failed = largest + 1;
    int level = first;
    while (level < failed && trial.passes(level)) {
      passed = level;
      level = Math.min(2 * level, largest);
      if (passed == largest) {
        return largest;
      }
    }
    failed = Math.min(level, failed);
    while (failed - passed > Math.max(1, resolution * failed)) {
      int middle = (passed + failed) / 2;
      if (trial.passes(middle)) {
        passed = middle;
      } else {
        failed = middle;
      }
    }
    return passed;
  }
}
