package io.dynadiff.physics.vorticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.validation.FlowValidation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForcedNavierStokesTest {

  @ParameterizedTest
  @CsvSource({"0.1, 0", "0.3, 0.35"})
  void shouldComeToRestAtTheForcedSteadyState(double amplitude, double shift) {
    // The slowest mode decays as exp(-4 pi^2 nu t): 60 time units take it to 5e-11.
    assertThat(FlowValidation.forcedSteadyStateError(amplitude, shift)).isLessThan(1e-6);
  }

  @Test
  void shouldBeTheSameEnvironmentWhenShiftedByAWholePeriod() {
    VorticitySolver none = ForcedNavierStokes.solver(0.2, 0, 0.01, 32, 32, 0.02);
    VorticitySolver whole = ForcedNavierStokes.solver(0.2, 1, 0.01, 32, 32, 0.02);
    float[] a = none.frame(none.advance(none.initial(1), 1));
    float[] b = whole.frame(whole.advance(whole.initial(1), 1));
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(1e-6f));
    }
  }

  @Test
  void shouldDrawInitialFieldsOfTheExpectedVariance() {
    VorticitySolver solver = ForcedNavierStokes.solver(0.1, 0, 0.01, 64, 64, 0.02);
    double expected = 0;
    for (int ky = -20; ky <= 20; ky++) {
      for (int kx = -20; kx <= 20; kx++) {
        double square = 4 * Math.PI * Math.PI * (kx * kx + ky * ky) + 49;
        expected += kx == 0 && ky == 0 ? 0 : 2 * Math.pow(7, 3) * Math.pow(square, -2.5);
      }
    }
    double mean = 0;
    int seeds = 200;
    for (int seed = 0; seed < seeds; seed++) {
      mean += 2 * solver.budget(solver.initial(seed)).enstrophy() / seeds;
    }
    assertThat(mean / expected).isCloseTo(1, within(0.15));
  }
}
