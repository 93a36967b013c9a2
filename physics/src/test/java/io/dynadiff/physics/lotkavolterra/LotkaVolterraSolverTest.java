package io.dynadiff.physics.lotkavolterra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.validation.ConvergenceValidation;
import io.dynadiff.physics.validation.Curve;
import io.dynadiff.physics.validation.LotkaVolterraValidation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LotkaVolterraSolverTest {

  @ParameterizedTest
  @CsvSource({"0.5, 0.5", "0.75, 0.6", "1.0, 1.0"})
  void shouldKeepTheInvariant(double beta, double delta) {
    LotkaVolterraParameters parameters = LotkaVolterraParameters.standard(beta, delta);
    assertThat(LotkaVolterraValidation.invariantDrift(parameters)).isLessThan(1e-8);
    LotkaVolterraSolver solver = new LotkaVolterraSolver(parameters);
    LotkaVolterraState start = solver.initial(0);
    assertThat(solver.advance(start, 10).prey())
        .as("it moves")
        .isNotCloseTo(start.prey(), within(1e-3));
  }

  @Test
  void shouldLoseTheInvariantWhenTheToleranceIsLoose() {
    LotkaVolterraParameters loose = new LotkaVolterraParameters(0.5, 1, 0.5, 1, 1e-3);
    assertThat(LotkaVolterraValidation.invariantDrift(loose)).isGreaterThan(1e-8);
  }

  @Test
  void shouldErrInProportionToTheTolerance() {
    Curve errors = ConvergenceValidation.lotkaVolterraInTolerance();
    assertThat(errors.logSlope()).as(Arrays.toString(errors.y())).isBetween(0.75, 1.25);
  }

  @Test
  void shouldRestAtTheFixedPoint() {
    LotkaVolterraSolver solver =
        new LotkaVolterraSolver(LotkaVolterraParameters.standard(0.8, 0.6));
    LotkaVolterraState state = solver.advance(new LotkaVolterraState(0.5 / 0.6, 0.5 / 0.8, 0), 50);
    assertThat(state.prey()).isCloseTo(0.5 / 0.6, within(1e-12));
    assertThat(state.predators()).isCloseTo(0.5 / 0.8, within(1e-12));
  }

  @Test
  void shouldCircleTheFixedPointWithThePeriodOfLinearTheory() {
    LotkaVolterraSolver solver = new LotkaVolterraSolver(LotkaVolterraParameters.standard(1, 1));
    double size = 1e-4;
    LotkaVolterraState start = new LotkaVolterraState(0.5 + size, 0.5, 0);
    LotkaVolterraState end = solver.advance(start, 2 * Math.PI / 0.5);
    // The period differs from 2 pi / sqrt(alpha gamma) in second order of the amplitude.
    assertThat(end.prey()).isCloseTo(start.prey(), within(1e-9));
    assertThat(end.predators()).isCloseTo(start.predators(), within(1e-7));
    LotkaVolterraState half = solver.advance(start, Math.PI / 0.5);
    assertThat(half.prey()).isCloseTo(0.5 - size, within(1e-7));
  }

  @Test
  void shouldDrawStartsFromTheSeedWithinThePapersRange() {
    LotkaVolterraSolver solver = new LotkaVolterraSolver(LotkaVolterraParameters.standard(1, 0.5));
    for (long seed = 0; seed < 100; seed++) {
      LotkaVolterraState state = solver.initial(seed);
      assertThat(state).isEqualTo(solver.initial(seed)).isNotEqualTo(solver.initial(seed + 1));
      assertThat(state.prey()).isBetween(1.0, 3.0);
      assertThat(state.predators()).isBetween(1.0, 3.0);
    }
    assertThat(solver.frame(new LotkaVolterraState(1.5, 2.5, 0))).containsExactly(1.5f, 2.5f);
  }

  @Test
  void shouldRefuseBadArguments() {
    LotkaVolterraSolver solver = new LotkaVolterraSolver(LotkaVolterraParameters.standard(1, 1));
    assertThatThrownBy(() -> LotkaVolterraParameters.standard(-1, 1))
        .hasMessageContaining("beta")
        .hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new LotkaVolterraParameters(1, 1, 1, 1, 0.5))
        .hasMessageContaining("tolerance")
        .hasMessageContaining("0.5");
    assertThatThrownBy(() -> solver.advance(solver.initial(1), 0)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> new LotkaVolterraState(0, 1, 0)).hasMessageContaining("0.0 prey");
  }
}
