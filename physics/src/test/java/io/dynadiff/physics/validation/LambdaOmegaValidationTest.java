package io.dynadiff.physics.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaOmegaValidationTest {

  @ParameterizedTest
  @ValueSource(doubles = {1.0, 1.25, 1.5})
  void shouldRotateAtBetaWhenHomogeneous(double beta) {
    passes(LambdaOmegaValidation.homogeneousFrequency(beta), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"1.0, 1", "1.2, 1", "1.2, 2", "1.5, 2"})
  void shouldKeepTheFrequencyOfPlaneWaves(double beta, int waves) {
    passes(LambdaOmegaValidation.planeWaveFrequency(beta, waves), 1e-6);
  }

  @Test
  void shouldRelaxToTheAmplitudeOfPlaneWaves() {
    passes(LambdaOmegaValidation.planeWaveAmplitude(), 1e-6);
  }

  @ParameterizedTest
  @MethodSource
  void shouldPassEveryCheckOfTheReport(Check check) {
    assertThat(check.passed()).as("%s", check).isTrue();
    assertThat(check.system()).isEqualTo("lambda-omega");
  }

  static Stream<Check> shouldPassEveryCheckOfTheReport() {
    List<Check> checks = LambdaOmegaValidation.checks();
    assertThat(checks).extracting(Check::name).doesNotHaveDuplicates().hasSize(6);
    return checks.stream();
  }

  private static void passes(Check check, double tolerance) {
    assertThat(check.passed()).as("%s", check).isTrue();
    assertThat(check.tolerance()).isEqualTo(tolerance);
  }
}
