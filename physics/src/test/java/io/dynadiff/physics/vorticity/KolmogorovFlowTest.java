package io.dynadiff.physics.vorticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.validation.Curve;
import io.dynadiff.physics.validation.FlowValidation;
import org.junit.jupiter.api.Test;

class KolmogorovFlowTest {

  @Test
  void shouldKeepTheLaminarSolution() {
    double reynolds = 5;
    VorticitySolver solver = KolmogorovFlow.solver(reynolds, 32, 32, 0.1);
    VorticityState state = solver.fromVorticity(laminar(reynolds));
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
  void shouldStayAtTheLaminarSolutionToTheLastDigitsOfAFloat() {
    assertThat(FlowValidation.laminarError(5, 10, 2).largest()).isLessThan(1e-6);
  }

  @Test
  void shouldLoseStabilityAtTheKnownReynoldsNumber() {
    // One percent to either side of the 6.710 of linear theory decides.
    Curve growth = FlowValidation.growthRates(done -> {}, 6.64, 6.78);
    assertThat(growth.y()[0]).isNegative();
    assertThat(growth.y()[1]).isPositive();
    assertThat(FlowValidation.onset(growth)).isCloseTo(6.710, within(0.01));
  }

  private static double[] laminar(double reynolds) {
    double[] vorticity = new double[1024];
    for (int y = 0; y < 32; y++) {
      double py = -Math.PI + 2 * Math.PI * y / 32;
      for (int x = 0; x < 32; x++) {
        vorticity[y * 32 + x] = -reynolds / 3 * Math.cos(3 * py);
      }
    }
    return vorticity;
  }
}
