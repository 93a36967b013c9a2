package io.dynadiff.physics.lambdaomega;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InitialConditionsTest {
  private static final int POINTS = 64;

  @Test
  void shouldCloseAcrossTheSidesAndHoldCoresInPairs() {
    for (long seed = 0; seed < 20; seed++) {
      double[] a = InitialConditions.draw(seed, POINTS, 20);
      double seam = 0;
      double inside = 0;
      int positive = 0;
      int negative = 0;
      for (int y = 0; y < POINTS; y++) {
        for (int x = 0; x < POINTS; x++) {
          double jump = Math.max(difference(a, y, x, y, x + 1), difference(a, y, x, y + 1, x));
          assertThat(Math.hypot(a[index(y, x)], a[index(y, x) + 1]))
              .isLessThan(LambdaOmegaParameters.LARGEST_AMPLITUDE);
          if (x == POINTS - 1 || y == POINTS - 1) {
            seam = Math.max(seam, jump);
          } else {
            inside = Math.max(inside, jump);
          }
          int winding = winding(a, y, x);
          positive += winding > 0 ? 1 : 0;
          negative += winding < 0 ? 1 : 0;
        }
      }
      assertThat(seam).as("seed %d", seed).isLessThan(1.5 * inside);
      assertThat(positive).as("seed %d", seed).isEqualTo(negative).isPositive();
    }
  }

  @Test
  void shouldDrawTheSameFieldOnEveryGrid() {
    double[] coarse = InitialConditions.draw(9, 16, 20);
    double[] fine = InitialConditions.draw(9, 64, 20);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        assertThat(coarse[2 * (y * 16 + x)]).isEqualTo(fine[2 * (4 * y * 64 + 4 * x)]);
      }
    }
  }

  private static int winding(double[] a, int y, int x) {
    double turn =
        turn(a, y, x, y, x + 1)
            + turn(a, y, x + 1, y + 1, x + 1)
            + turn(a, y + 1, x + 1, y + 1, x)
            + turn(a, y + 1, x, y, x);
    return (int) Math.round(turn / (2 * Math.PI));
  }

  private static double turn(double[] a, int y, int x, int y2, int x2) {
    int from = index(y, x);
    int to = index(y2, x2);
    return Math.IEEEremainder(
        Math.atan2(a[to + 1], a[to]) - Math.atan2(a[from + 1], a[from]), 2 * Math.PI);
  }

  private static double difference(double[] a, int y, int x, int y2, int x2) {
    int from = index(y, x);
    int to = index(y2, x2);
    return Math.hypot(a[to] - a[from], a[to + 1] - a[from + 1]);
  }

  private static int index(int y, int x) {
    return 2 * (Math.floorMod(y, POINTS) * POINTS + Math.floorMod(x, POINTS));
  }
}
