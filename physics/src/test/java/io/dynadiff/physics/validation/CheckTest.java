package io.dynadiff.physics.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTest {

  @ParameterizedTest
  @CsvSource({
    "1.0, 0, true",
    "1.0625, 0.0625, true",
    "0.9375, 0.0625, true",
    "1.07, 0.0625, false",
    "0.93, 0.0625, false",
    "NaN, 10, false",
    "Infinity, 10, false"
  })
  void shouldPassWithinTheTolerance(double measured, double tolerance, boolean passed) {
    assertThat(check(measured, 1, tolerance).passed()).isEqualTo(passed);
  }

  @ParameterizedTest
  @CsvSource({"NaN, 1", "Infinity, 1", "1, -1", "1, NaN", "1, Infinity"})
  void shouldRefuseWhatNothingCanBeMeasuredAgainst(double expected, double tolerance) {
    assertThatThrownBy(() -> check(1, expected, tolerance))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("check order of convergence: expected a finite number");
  }

  private static Check check(double measured, double expected, double tolerance) {
    return new Check(
        "lambda-omega", "order of convergence", "theory", measured, expected, tolerance, "1");
  }
}
