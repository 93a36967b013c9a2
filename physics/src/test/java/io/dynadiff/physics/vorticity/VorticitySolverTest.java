package io.dynadiff.physics.vorticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.validation.BudgetValidation;
import io.dynadiff.physics.validation.ConvergenceValidation;
import io.dynadiff.physics.validation.Curve;
import io.dynadiff.physics.validation.FlowValidation;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class VorticitySolverTest {
  private static final double TWO_PI = 2 * Math.PI;

  @Test
  void shouldDecayTaylorGreenVortexAtItsRate() {
    assertThat(FlowValidation.taylorGreenError(0.01, 2, 2).largest()).isLessThan(1e-6);
  }

  @Test
  void shouldGiveTheVelocityThatBelongsToTheVorticity() {
    VorticitySolver solver = navierStokes(0, 0.01, 32, 0.05);
    // psi = sin(2 pi x) cos(4 pi y) has w = 20 pi^2 psi, u = psi_y, v = -psi_x.
    DoubleBinaryOperator psi = (x, y) -> Math.sin(TWO_PI * x) * Math.cos(2 * TWO_PI * y);
    VorticityState state =
        solver.fromVorticity(
            grid(32, (x, y) -> 5 * TWO_PI * TWO_PI * psi.applyAsDouble(x / 32, y / 32)));
    float[] frame = solver.frame(state);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        double px = x / 32.0;
        double py = y / 32.0;
        int at = y * 32 + x;
        assertThat((double) frame[at])
            .isCloseTo(197.392088 * psi.applyAsDouble(px, py), within(1e-4));
        assertThat((double) frame[1024 + at])
            .isCloseTo(
                -2 * TWO_PI * Math.sin(TWO_PI * px) * Math.sin(2 * TWO_PI * py), within(1e-5));
        assertThat((double) frame[2048 + at])
            .isCloseTo(-TWO_PI * Math.cos(TWO_PI * px) * Math.cos(2 * TWO_PI * py), within(1e-5));
      }
    }
  }

  @Test
  void shouldPreserveZeroMean() {
    VorticitySolver solver = ForcedNavierStokes.solver(0.3, 0.2, 0.001, 32, 32, 0.01);
    float[] frame = solver.frame(solver.advance(solver.initial(3), 2));
    double mean = 0;
    double size = 0;
    for (int i = 0; i < 1024; i++) {
      mean += frame[i] / 1024;
      size += Math.abs(frame[i]) / 1024;
    }
    assertThat(size).isGreaterThan(0.1);
    assertThat(mean).isCloseTo(0, within(1e-7));
  }

  @Test
  void shouldConvergeWithFourthOrderInTime() {
    Curve errors = ConvergenceValidation.flowInTime();
    assertThat(errors.logSlope()).as(Arrays.toString(errors.y())).isBetween(3.5, 4.7);
  }

  @Test
  void shouldConvergeFasterThanAnyPowerInSpaceWhenTheFlowIsSmooth() {
    double[] errors = ConvergenceValidation.flowInSpace().y();
    // Doubling the points gains far more than the factor 16 of a fourth-order scheme.
    assertThat(errors[0] / errors[2]).as("errors %s", Arrays.toString(errors)).isGreaterThan(200);
  }

  @Test
  void shouldCloseEnergyAndEnstrophyBudgets() {
    BudgetValidation.Residuals found = BudgetValidation.forcedFlow();
    assertThat(Math.abs(found.energyChange())).isGreaterThan(1e-3);
    assertThat(found.energyResidual()).isCloseTo(0, within(1e-7));
    assertThat(found.enstrophyResidual()).isCloseTo(0, within(1e-6));
  }

  @Test
  void shouldConserveEnergyAndEnstrophyInTheLimitOfNoViscosity() {
    BudgetValidation.Residuals found = BudgetValidation.inviscidFlow();
    assertThat(found.energyChange()).isCloseTo(0, within(1e-8));
    assertThat(found.enstrophyChange()).isCloseTo(0, within(1e-7));
  }

  @Test
  void shouldRefuseAnUnstableStepNamingBothNumbers() {
    VorticitySolver solver = KolmogorovFlow.solver(100, 32, 32, 0.5);
    assertThatThrownBy(() -> solver.advance(solver.initial(1), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("time step: expected at most 0.0")
        .hasMessageContaining("found 0.5");
  }

  @Test
  void shouldStayBoundedNearTheLongestStepAllowed() {
    VorticityParameters p = new VorticityParameters(0, 1, 1e-3, 32, 32, 1);
    VorticitySolver calm = navierStokes(0, 1e-3, 32, 0.005);
    float[] frame = calm.frame(calm.initial(4));
    double speed = 0;
    for (int i = 0; i < 1024; i++) {
      speed = Math.max(speed, Math.abs(frame[1024 + i]) + Math.abs(frame[2048 + i]));
    }
    double step = 0.9 * p.stableTimeStep(speed);
    VorticitySolver solver = navierStokes(0, 1e-3, 32, step);
    VorticityBudget before = solver.budget(solver.initial(4));
    VorticityBudget after = solver.budget(solver.advance(solver.initial(4), 200 * step));
    assertThat(after.energy()).isLessThan(before.energy());
    assertThat(after.enstrophy()).isLessThan(before.enstrophy()).isPositive();
  }

  @Test
  void shouldGiveSameFramesForSameSeedAndTheSameFieldOnEveryGrid() {
    VorticitySolver one = KolmogorovFlow.solver(80, 32, 16, 0.01);
    VorticitySolver other = KolmogorovFlow.solver(80, 32, 16, 0.01);
    float[] first = one.frame(one.advance(one.initial(7), 0.5));
    assertThat(other.frame(other.advance(other.initial(7), 0.5))).containsExactly(first);
    assertThat(other.frame(other.advance(other.initial(8), 0.5))).isNotEqualTo(first);
    VorticitySolver fine = KolmogorovFlow.solver(80, 64, 16, 0.01);
    assertThat(rmse(fine.frame(fine.initial(7)), one.frame(one.initial(7)))).isLessThan(1e-6);
  }

  @Test
  void shouldLeaveStateUntouchedAndContinueUnderOtherConditions() {
    VorticitySolver before = KolmogorovFlow.solver(50, 32, 32, 0.01);
    VorticitySolver after = KolmogorovFlow.solver(200, 32, 32, 0.01);
    VorticityState state = before.advance(before.initial(1), 0.2);
    float[] frame = before.frame(state);
    assertThat(before.frame(before.advance(state, 0.2)))
        .isNotEqualTo(after.frame(after.advance(state, 0.2)));
    assertThat(before.frame(state)).containsExactly(frame);
  }

  @Test
  void shouldRefuseBadArguments() {
    VorticitySolver solver = KolmogorovFlow.solver(50, 32, 32, 0.01);
    VorticityState other = KolmogorovFlow.solver(50, 16, 16, 0.01).initial(1);
    double[] shifted = new double[1024];
    Arrays.fill(shifted, 1);
    assertThatThrownBy(() -> solver.advance(solver.initial(1), -1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> solver.frame(other))
        .hasMessageContaining("32")
        .hasMessageContaining("16");
    assertThatThrownBy(() -> solver.fromVorticity(shifted)).hasMessageContaining("mean of 0");
    assertThatThrownBy(() -> solver.fromVorticity(new double[5])).hasMessageContaining("found 5");
    assertThatThrownBy(() -> KolmogorovFlow.solver(-50, 32, 32, 0.01))
        .hasMessageContaining("reynolds")
        .hasMessageContaining("-50.0");
    assertThatThrownBy(() -> KolmogorovFlow.solver(50, 8, 8, 0.01)).hasMessageContaining("(0, 3)");
    assertThatThrownBy(() -> ForcedNavierStokes.solver(0.1, 0, 0, 32, 32, 0.01))
        .hasMessageContaining("viscosity");
    assertThatThrownBy(() -> ForcedNavierStokes.solver(Double.NaN, 0, 0.1, 32, 32, 0.01))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> ForcedNavierStokes.solver(0.1, 0, 0.1, 31, 16, 0.01))
        .hasMessageContaining("solver points");
    assertThatThrownBy(() -> ForcedNavierStokes.solver(0.1, 0, 0.1, 32, 64, 0.01))
        .hasMessageContaining("output points");
    assertThatThrownBy(() -> new ForcingMode(0, 0, 1, 1)).hasMessageContaining("constant");
  }

  private static VorticitySolver navierStokes(double amplitude, double nu, int points, double dt) {
    return ForcedNavierStokes.solver(amplitude, 0, nu, points, points, dt);
  }

  private static double[] grid(int points, DoubleBinaryOperator value) {
    double[] grid = new double[points * points];
    for (int y = 0; y < points; y++) {
      for (int x = 0; x < points; x++) {
        grid[y * points + x] = value.applyAsDouble(x, y);
      }
    }
    return grid;
  }

  private static double rmse(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
    }
    return Math.sqrt(sum / a.length);
  }
}
