package io.dynadiff.physics.cylinder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatticeFlowTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.002, 0.02, 0.1})
  void shouldDecayTaylorGreenVortexWithinOnePercent(double viscosity) {
    int points = 48;
    double k = 2 * Math.PI / points;
    LatticeFlow flow =
        new LatticeFlow(points, points, new boolean[points * points], viscosity, Double.NaN);
    double[] u = new double[points * points];
    double[] v = new double[points * points];
    for (int y = 0; y < points; y++) {
      for (int x = 0; x < points; x++) {
        u[y * points + x] = 0.02 * Math.sin(k * x) * Math.cos(k * y);
        v[y * points + x] = -0.02 * Math.cos(k * x) * Math.sin(k * y);
      }
    }
    flow.setFlow(u, v);
    int steps = (int) Math.min(3000, 1 / (2 * viscosity * k * k));
    for (int i = 0; i < steps; i++) {
      flow.step();
    }
    double decay = Math.exp(-2 * viscosity * k * k * steps);
    double[] found = flow.velocityX();
    double error = 0;
    double size = 0;
    for (int i = 0; i < found.length; i++) {
      error += Math.pow(found[i] - decay * u[i], 2);
      size += Math.pow(decay * u[i], 2);
    }
    assertThat(decay).isLessThan(0.99);
    assertThat(Math.sqrt(error / size)).isLessThan(0.01);
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
