package io.dynadiff.physics.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.cylinder.CylinderParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CylinderValidationTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.002, 0.02, 0.1})
  void shouldDecayTaylorGreenVortexWithinOnePercent(double viscosity) {
    Check check = CylinderValidation.taylorGreenDecay(viscosity);
    assertThat(check.passed()).as("%s", check).isTrue();
    assertThat(check.tolerance()).isEqualTo(0.01);
  }

  @Test
  void shouldConvergeWithSecondOrderInTheCell() {
    Curve errors = ConvergenceValidation.latticeInSpace(16, 24, 32);
    assertThat(errors.logSlope()).as(Arrays.toString(errors.y())).isBetween(1.8, 2.2);
  }

  @ParameterizedTest
  @CsvSource({"80, 0.1528", "100, 0.1643", "150, 0.1834", "200, 0.1970"})
  void shouldKnowTheStrouhalNumbersOfTheLiterature(double reynolds, double expected) {
    assertThat(CylinderValidation.strouhalOfTheLiterature(reynolds))
        .isCloseTo(expected, within(1e-4));
  }

  @Test
  void shouldRefuseReynoldsNumbersThatTheLiteratureDoesNotCover() {
    assertThatThrownBy(() -> CylinderValidation.strouhalOfTheLiterature(40))
        .hasMessageContaining("found 40.0");
    assertThatThrownBy(() -> CylinderValidation.strouhalOfTheLiterature(300))
        .hasMessageContaining("found 300.0");
  }

  /**
   * 5 percent holds the nearness of the inflow (6 diameters), the row of cylinders that periodic
   * sides make (16 diameters), the staircase of 10 cells and the compressibility.
   */
  @ParameterizedTest
  @ValueSource(ints = {80, 100, 150, 200})
  @Tag("slow")
  void shouldShedVorticesAtTheStrouhalNumberOfTheLiterature(int reynolds) {
    List<Double> progress = new ArrayList<>();
    Check check = CylinderValidation.strouhal(reynolds, 2, progress::add);
    System.out.println(check);
    assertThat(check.passed()).as("%s", check).isTrue();
    assertThat(check.tolerance()).isEqualTo(0.05 * check.expected());
    assertThat(progress).isSorted().allMatch(part -> part >= 0 && part <= 1);
    assertThat(CylinderValidation.STROUHAL_REYNOLDS).contains(reynolds);
  }

  /** Below the onset at about 47 a disturbance dies out. */
  @Test
  @Tag("slow")
  void shouldShedNoVorticesBelowTheOnset() {
    CylinderParameters calm = new CylinderParameters(20, 4, 120, 80, 30, 20, 0.1, 1000);
    assertThatThrownBy(() -> StrouhalNumber.measure(calm, 1, 1, part -> {}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("sheds no vortices");
  }
}
