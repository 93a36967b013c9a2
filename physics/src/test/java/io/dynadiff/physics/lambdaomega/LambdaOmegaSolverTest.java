package io.dynadiff.physics.lambdaomega;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.validation.ConvergenceValidation;
import io.dynadiff.physics.validation.Curve;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaOmegaSolverTest {
  private static final double MU = 0.5;
  private static final double LENGTH = 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldKeepAmplitudeAndFrequencyOfPlaneWave(int waves) {
    double beta = 1.2;
    double k = 2 * Math.PI * waves / LENGTH;
    double square = 1 - MU * k * k;
    LambdaOmegaSolver solver = solver(beta, 32, 0.05);
    // The short wave lies beyond the Eckhaus bound, so stay within the time it takes to break up.
    LambdaOmegaState state = solver.fromAmplitude(planeWave(32, Math.sqrt(square), waves));
    double before = angle(solver.frame(state), 5);
    state = solver.advance(state, 1);
    float[] frame = solver.frame(state);

    assertThat(Math.pow(Math.hypot(frame[5], frame[1024 + 5]), 2)).isCloseTo(square, within(1e-6));
    assertThat(rotation(before, angle(frame, 5))).isCloseTo(-beta * square, within(1e-6));
  }

  @Test
  void shouldConvergeWithFourthOrderInTime() {
    Curve errors = ConvergenceValidation.lambdaOmegaInTime();
    assertThat(errors.logSlope()).as(Arrays.toString(errors.y())).isBetween(3.5, 5.0);
  }

  @Test
  void shouldConvergeFasterThanAnyPowerInSpaceWhenTheWavesAreSmooth() {
    Curve errors = ConvergenceValidation.lambdaOmegaInSpace();
    assertThat(errors.logSlope()).as(Arrays.toString(errors.y())).isGreaterThan(8);
  }

  @Test
  void shouldAgreeWithFinerRunWithinStatedAccuracy() {
    for (long seed = 0; seed < 3; seed++) {
      LambdaOmegaSolver coarse = new LambdaOmegaSolver(LambdaOmegaParameters.standard(1.5));
      LambdaOmegaSolver fine =
          new LambdaOmegaSolver(new LambdaOmegaParameters(MU, 1.5, LENGTH, 64, 32, 0.05));
      float[] a = coarse.frame(coarse.advance(coarse.initial(seed), 8));
      float[] b = fine.frame(fine.advance(fine.initial(seed), 8));
      assertThat(rmse(a, b)).as("seed %d", seed).isLessThan(1e-4);
    }
  }

  @Test
  void shouldGiveSameFramesForSameSeed() {
    LambdaOmegaSolver one = new LambdaOmegaSolver(LambdaOmegaParameters.standard(1.1));
    LambdaOmegaSolver other = new LambdaOmegaSolver(LambdaOmegaParameters.standard(1.1));
    float[] first = one.frame(one.advance(one.initial(7), 2));
    assertThat(other.frame(other.advance(other.initial(7), 2))).containsExactly(first);
    assertThat(other.frame(other.advance(other.initial(8), 2))).isNotEqualTo(first);
  }

  @Test
  void shouldGiveSameInitialFieldForEveryBeta() {
    LambdaOmegaSolver low = new LambdaOmegaSolver(LambdaOmegaParameters.standard(1.0));
    LambdaOmegaSolver high = new LambdaOmegaSolver(LambdaOmegaParameters.standard(1.5));
    assertThat(low.frame(low.initial(3))).containsExactly(high.frame(high.initial(3)));
  }

  @Test
  void shouldLeaveStateUntouchedAndContinueUnderAnotherBeta() {
    LambdaOmegaSolver before = new LambdaOmegaSolver(LambdaOmegaParameters.standard(1.0));
    LambdaOmegaSolver after = new LambdaOmegaSolver(LambdaOmegaParameters.standard(1.5));
    LambdaOmegaState state = before.advance(before.initial(1), 1);
    float[] frame = before.frame(state);
    float[] slow = before.frame(before.advance(state, 0.2));
    float[] fast = after.frame(after.advance(state, 0.2));
    assertThat(before.frame(state)).containsExactly(frame);
    assertThat(rmse(slow, fast)).isGreaterThan(0.01);
  }

  @Test
  void shouldRefuseUnstableStepNamingBothNumbers() {
    assertThatThrownBy(() -> solver(1.5, 32, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("time step")
        .hasMessageContaining("0.241")
        .hasMessageContaining("0.5");
  }

  @Test
  void shouldStayBoundedAtTheLongestStepAllowed() {
    double step = LambdaOmegaParameters.stableTimeStep(1.5);
    LambdaOmegaSolver solver = solver(1.5, 32, step);
    float[] frame = solver.frame(solver.advance(solver.initial(4), 200 * step));
    for (float value : frame) {
      assertThat(Math.abs(value)).isLessThan(1.2f);
    }
  }

  @Test
  void shouldRefuseBadArguments() {
    LambdaOmegaSolver solver = new LambdaOmegaSolver(LambdaOmegaParameters.standard(1));
    assertThatThrownBy(() -> solver.advance(solver.initial(1), -1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> solver.frame(solver(1, 16, 0.1).initial(1)))
        .hasMessageContaining("32")
        .hasMessageContaining("16");
    assertThatThrownBy(() -> new LambdaOmegaParameters(0.5, Double.NaN, 20, 32, 32, 0.1))
        .hasMessageContaining("beta");
    assertThatThrownBy(() -> new LambdaOmegaParameters(0.5, 1, 20, 32, 64, 0.1))
        .hasMessageContaining("output points");
    assertThatThrownBy(() -> new LambdaOmegaParameters(0, 1, 20, 32, 32, 0.1))
        .hasMessageContaining("mu");
  }

  private static LambdaOmegaSolver solver(double beta, int points, double step) {
    return new LambdaOmegaSolver(new LambdaOmegaParameters(MU, beta, LENGTH, points, points, step));
  }

  private static double[] planeWave(int points, double radius, int waves) {
    double[] amplitude = new double[2 * points * points];
    for (int y = 0; y < points; y++) {
      for (int x = 0; x < points; x++) {
        double angle = 2 * Math.PI * waves * x / points;
        amplitude[2 * (y * points + x)] = radius * Math.cos(angle);
        amplitude[2 * (y * points + x) + 1] = radius * Math.sin(angle);
      }
    }
    return amplitude;
  }

  private static double angle(float[] frame, int at) {
    return Math.atan2(frame[frame.length / 2 + at], frame[at]);
  }

  private static double rotation(double before, double after) {
    return Math.IEEEremainder(after - before, 2 * Math.PI);
  }

  private static double rmse(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
    }
    return Math.sqrt(sum / a.length);
  }
}
