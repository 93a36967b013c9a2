package io.dynadiff.physics.cylinder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.validation.ConvergenceValidation;
import io.dynadiff.physics.validation.Curve;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatticeFlowTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.002, 0.02, 0.1})
  void shouldDecayTaylorGreenVortexWithinOnePercent(double viscosity) {
    assertThat(ConvergenceValidation.latticeTaylorGreenError(48, viscosity, 0.02)).isLessThan(0.01);
  }

  @Test
  void shouldConvergeWithSecondOrderInTheCell() {
    Curve errors = ConvergenceValidation.latticeInSpace(16, 24, 32);
    assertThat(errors.logSlope()).as(Arrays.toString(errors.y())).isBetween(1.6, 2.4);
  }

  @Test
  void shouldKeepMassAndLoseMomentumToAWallWhenPeriodic() {
    boolean[] solid = new boolean[40 * 30];
    for (int y = 10; y < 18; y++) {
      for (int x = 12; x < 20; x++) {
        solid[y * 40 + x] = true;
      }
    }
    LatticeFlow flow = new LatticeFlow(40, 30, solid, 0.02, Double.NaN);
    double[] u = new double[solid.length];
    Arrays.fill(u, 0.05);
    flow.setFlow(u, new double[solid.length]);
    double mass = flow.mass();
    for (int i = 0; i < 500; i++) {
      flow.step();
    }
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
    LatticeFlow flow = new LatticeFlow(width, height, solid, 0.1, 0.02);
    for (int i = 0; i < 6000; i++) {
      flow.step();
    }
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
