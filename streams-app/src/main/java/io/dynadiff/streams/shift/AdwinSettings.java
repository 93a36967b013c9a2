package io.dynadiff.streams.shift;

/**
 * Settings of {@link Adwin}.
 *
 * @param confidence bound on the probability of a false alarm while nothing changes, in (0, 1)
 * @param smallestPart excesses that each of the two compared parts must have, at least 1
 * @param longestWindow excesses that are kept at most, at least two smallest parts and at most 1000
 */
public record AdwinSettings(double confidence, int smallestPart, int longestWindow) {

  public static final AdwinSettings DEFAULT = new AdwinSettings(0.03, 3, 64);

  private static final int LARGEST = 1000;

  public AdwinSettings {
    if (!(confidence > 0 && confidence < 1)
        || smallestPart < 1
        || longestWindow < 2 * smallestPart
        || longestWindow > LARGEST) {
      throw new IllegalArgumentException(
          "adwin: expected confidence between 0 and 1, smallestPart >= 1 and longestWindow of two"
              + " smallestPart to "
              + LARGEST
              + ", found "
              + confidence
              + ", "
              + smallestPart
              + " and "
              + longestWindow);
    }
  }
}
