package io.dynadiff.physics.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StandardValidationsTest {

  @Test
  void shouldPassOnlyWithinTheTolerance() {
    assertThat(check(1.01).passed()).isTrue();
    assertThat(check(0.99).passed()).isTrue();
    assertThat(check(1.02).passed()).isFalse();
    assertThat(check(Double.NaN).passed()).isFalse();
    assertThat(check(Double.POSITIVE_INFINITY).passed()).isFalse();
    assertThatThrownBy(() -> new Check("s", "n", "r", 0, Double.NaN, 1, "1"))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Check("s", "n", "r", 0, 0, -1, "1")).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Check("s", " ", "r", 0, 0, 1, "1")).hasMessageContaining("name");
  }

  @Test
  void shouldTellTheOrderOfAnErrorFromItsSlope() {
    Curve cubic = new Curve("e", new double[] {0.2, 0.1, 0.05}, new double[] {8e-3, 1e-3, 1.25e-4});
    assertThat(cubic.logSlope()).isCloseTo(3, within(1e-9));
    assertThat(cubic.largest()).isEqualTo(8e-3);
    assertThat(new Curve("e", new double[] {1, 2}, new double[] {1, Double.NaN}).largest()).isNaN();
    assertThatThrownBy(() -> new Curve("e", new double[1], new double[2]))
        .hasMessageContaining("found 1 and 2");
  }

  @Test
  void shouldFindWhereGrowthBegins() {
    double[] reynolds = {6, 7, 8};
    assertThat(FlowValidation.onset(new Curve("g", reynolds, new double[] {-1, -0.5, 0.5})))
        .isCloseTo(7.5, within(1e-12));
    assertThat(FlowValidation.onset(new Curve("g", reynolds, new double[] {-3, -2, -1}))).isNaN();
  }

  @Test
  @Tag("slow")
  void shouldPassEveryCheckOfTheReport() {
    List<Check> failed =
        StandardValidations.all(Path.of("..", "data")).stream()
            // The wake of the cylinder has a test of its own.
            .filter(part -> part.expectedSeconds() < 20)
            .flatMap(part -> part.measurement().measure(done -> {}).checks().stream())
            .filter(check -> !check.passed())
            .toList();
    assertThat(failed).isEmpty();
  }

  private static Check check(double measured) {
    return new Check("system", "name", "reference", measured, 1, 0.0100001, "1");
  }
}
