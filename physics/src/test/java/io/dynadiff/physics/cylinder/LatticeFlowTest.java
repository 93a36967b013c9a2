package io.dynadiff.physics.cylinder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatticeFlowTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 64})
  void shouldGiveTheSameBitsForEveryNumberOfThreads(int threads) {
    double[] alone = populationsAfter(41, 1);
    assertThat(alone).isNotEqualTo(populationsAfter(40, 1));
    assertThat(populationsAfter(41, threads)).containsExactly(alone);
  }

  @Test
  void shouldGoOnFromPopulationsThatWereTakenOut() {
    double[] whole = populationsAfter(41, 2);
    LatticeFlow first = openFlow(2);
    first.run(16);
    LatticeFlow second = openFlow(3);
    second.setPopulations(first.populations());
    second.run(25);
    assertThat(second.populations()).containsExactly(whole);
  }

  private static double[] populationsAfter(int steps, int threads) {
    LatticeFlow flow = openFlow(threads);
    flow.run(steps);
    return flow.populations();
  }

  /** A solid block in an open flow, 40 rows of 60 cells. */
  private static LatticeFlow openFlow(int threads) {
    boolean[] solid = new boolean[40 * 60];
    for (int y = 12; y < 22; y++) {
      Arrays.fill(solid, y * 60 + 14, y * 60 + 24, true);
    }
    return new LatticeFlow(60, 40, solid, 0.01, 0.05, threads);
  }

  @Test
  void shouldKeepMassAndLoseMomentumToAWallWhenPeriodic() {
    boolean[] solid = new boolean[40 * 30];
    for (int y = 10; y < 18; y++) {
      for (int x = 12; x < 20; x++) {
        solid[y * 40 + x] = true;
      }
    }
    LatticeFlow flow = new LatticeFlow(40, 30, solid, 0.02, Double.NaN, 1);
    double[] u = new double[solid.length];
    Arrays.fill(u, 0.05);
    flow.setFlow(u, new double[solid.length]);
    double mass = flow.mass();
    flow.run(500);
    assertThat(flow.mass()).isCloseTo(mass, within(1e-9 * mass));
    double mean = Arrays.stream(flow.velocityX()).average().orElseThrow();
    assertThat(mean).isPositive().isLessThan(0.04);
  }

  @Test
  void shouldGiveTheParabolaBetweenWallsDrivenByInflow() {
    // A channel: solid rows at top and bottom; far from the inflow the profile is a parabola.
    int width = 160;
    int height = 18;
    boolean[] solid = new boolean[width * height];
    for (int x = 0; x < width; x++) {
      solid[x] = true;
      solid[(height - 1) * width + x] = true;
    }
    LatticeFlow flow = new LatticeFlow(width, height, solid, 0.1, 0.02, 1);
    flow.run(6000);
    double[] u = flow.velocityX();
    double mean = 0;
    for (int y = 1; y < height - 1; y++) {
      mean += u[y * width + 120] / (height - 2);
    }
    assertThat(mean).isCloseTo(0.02, within(0.0004));
    for (int y = 1; y < height - 1; y++) {
      double place = (y - 0.5) / (height - 2);
      assertThat(u[y * width + 120]).isCloseTo(6 * mean * place * (1 - place), within(0.0006));
    }
  }
}
