package io.dynadiff.physics.vorticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KolmogorovFlowTest {

  @Test
  void shouldKeepTheLaminarSolution() {
    double reynolds = 5;
    VorticitySolver solver = KolmogorovFlow.solver(reynolds, 32, 32, 0.1);
    VorticityState state = solver.fromVorticity(laminar(reynolds, 0));
    float[] frame = solver.frame(solver.advance(state, 10));
    for (int y = 0; y < 32; y++) {
      double angle = 3 * (-Math.PI + 2 * Math.PI * y / 32);
      for (int x = 0; x < 32; x++) {
        int at = y * 32 + x;
        assertThat((double) frame[at]).isCloseTo(-reynolds / 3 * Math.cos(angle), within(1e-6));
        assertThat((double) frame[1024 + at])
            .isCloseTo(reynolds / 9 * Math.sin(angle), within(1e-6));
        assertThat((double) frame[2048 + at]).isCloseTo(0, within(1e-6));
      }
    }
    VorticityBudget budget = solver.budget(state);
    assertThat(budget.energy()).isCloseTo(reynolds * reynolds / 324, within(1e-9));
    assertThat(budget.energyDissipation()).isCloseTo(reynolds / 18, within(1e-9));
    assertThat(budget.energyInput()).isCloseTo(reynolds / 18, within(1e-9));
  }

  @Test
  void shouldReachTheLaminarSolutionFromARandomStartWhenStable() {
    VorticitySolver solver = KolmogorovFlow.solver(3, 32, 32, 0.05);
    VorticityBudget budget = solver.budget(solver.advance(solver.initial(1), 60));
    assertThat(budget.energy()).isCloseTo(9.0 / 324, within(1e-8));
  }

  @Test
  void shouldLoseStabilityAtTheKnownReynoldsNumber() {
    // Linear theory on the 2 pi torus gives 6.710 for n = 3; one percent to either side decides.
    assertThat(growthRate(6.64)).isNegative();
    assertThat(growthRate(6.78)).isPositive();
    double below = growthRate(6.64);
    double above = growthRate(6.78);
    double onset = 6.64 + 0.14 * below / (below - above);
    assertThat(onset).isCloseTo(6.710, within(0.01));
  }

  /** Growth rate of a small perturbation of the laminar flow once its slowest mode is alone. */
  private static double growthRate(double reynolds) {
    VorticitySolver solver = KolmogorovFlow.solver(reynolds, 32, 32, 0.1);
    VorticityState state = solver.fromVorticity(laminar(reynolds, 1e-7));
    state = solver.advance(state, 150);
    double before = perturbation(solver.vorticity(state));
    state = solver.advance(state, 50);
    double after = perturbation(solver.vorticity(state));
    assertThat(after).as("still linear").isLessThan(1e-3);
    return Math.log(after / before) / 50;
  }

  /** Root mean square of what varies along x. */
  private static double perturbation(double[] vorticity) {
    double sum = 0;
    for (int y = 0; y < 32; y++) {
      double mean = 0;
      for (int x = 0; x < 32; x++) {
        mean += vorticity[y * 32 + x] / 32;
      }
      for (int x = 0; x < 32; x++) {
        sum += Math.pow(vorticity[y * 32 + x] - mean, 2) / 1024;
      }
    }
    return Math.sqrt(sum);
  }

  /** Laminar vorticity with a perturbation of one period along x and every low mode along y. */
  private static double[] laminar(double reynolds, double perturbation) {
    double[] vorticity = new double[1024];
    for (int y = 0; y < 32; y++) {
      double py = -Math.PI + 2 * Math.PI * y / 32;
      for (int x = 0; x < 32; x++) {
        double px = -Math.PI + 2 * Math.PI * x / 32;
        vorticity[y * 32 + x] =
            -reynolds / 3 * Math.cos(3 * py)
                + perturbation * (Math.cos(px) + Math.sin(px + py) + Math.cos(px - 2 * py + 1));
      }
    }
    return vorticity;
  }
}
