package io.dynadiff.physics.environments;

import java.util.Arrays;

/**
 * The permutation that NumPy's legacy generator gives for a seed: a Mersenne Twister (Matsumoto and
 * Nishimura 1998) whose numbers are masked and rejected, and a shuffle from the end.
 */
final class LegacyPermutation {
  private static final int WORDS = 624;
  private static final int SHIFT = 397;

  private final int[] state = new int[WORDS];
  private int next = WORDS;

  LegacyPermutation(int seed) {
    state[0] = seed;
    for (int i = 1; i < WORDS; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  int[] of(int length) {
    int[] order = new int[length];
    Arrays.setAll(order, i -> i);
    for (int i = length - 1; i > 0; i--) {
      int j = upTo(i);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }

  private int upTo(int greatest) {
    int mask = Integer.highestOneBit(greatest) * 2 - 1;
    while (true) {
      int drawn = draw() & mask;
      if (drawn <= greatest) {
        return drawn;
      }
    }
  }

  private int draw() {
    if (next == WORDS) {
      for (int i = 0; i < WORDS; i++) {
        int y = (state[i] & 0x80000000) | (state[(i + 1) % WORDS] & 0x7fffffff);
        state[i] = state[(i + SHIFT) % WORDS] ^ (y >>> 1) ^ ((y & 1) * 0x9908b0df);
      }
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }
}
