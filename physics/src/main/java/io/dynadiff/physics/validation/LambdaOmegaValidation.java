package io.dynadiff.physics.validation;

import io.dynadiff.physics.lambdaomega.LambdaOmegaParameters;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSolver;
import io.dynadiff.physics.lambdaomega.LambdaOmegaState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the Lambda-Omega solver is checked against. */
public final class LambdaOmegaValidation {
  private static final double MU = 0.5;
  private static final double LENGTH = 20;
  private static final String PLANE_WAVES =
      "plane waves of the equation, R^2 = 1 - mu k^2 and frequency beta R^2";

  private LambdaOmegaValidation() {}

  /** Frequency of the homogeneous oscillation, started off its limit cycle, to 1e-6. */
  public static Check homogeneousFrequency(double beta) {
    LambdaOmegaSolver solver = solver(beta, 16, 0.05);
    LambdaOmegaState state = solver.advance(solver.fromAmplitude(planeWave(16, 0.8, 0)), 20);
    return check(
        String.format(Locale.ROOT, "frequency of the homogeneous oscillation, beta %s", beta),
        "limit cycle of the equation, frequency beta",
        frequency(solver, state),
        beta,
        1e-6);
  }

  /** Frequency of a plane wave with so many waves along the side of the square, to 1e-6. */
  public static Check planeWaveFrequency(double beta, int waves) {
    double square = planeWaveSquare(waves);
    LambdaOmegaSolver solver = solver(beta, 32, 0.05);
    // Short waves lie beyond the Eckhaus bound; one time unit is less than they take to break up.
    return check(
        String.format(Locale.ROOT, "frequency of a plane wave, beta %s, %d waves", beta, waves),
        PLANE_WAVES,
        frequency(solver, solver.fromAmplitude(planeWave(32, Math.sqrt(square), waves))),
        beta * square,
        1e-6);
  }

  /** Squared amplitude that a plane wave relaxes to when it is started off it, to 1e-6. */
  public static Check planeWaveAmplitude() {
    LambdaOmegaSolver solver = solver(1, 32, 0.1);
    float[] frame = solver.frame(solver.advance(solver.fromAmplitude(planeWave(32, 1.2, 1)), 15));
    double re = frame[0];
    double im = frame[frame.length / 2];
    return check(
        "squared amplitude of a plane wave, 1 wave",
        PLANE_WAVES,
        re * re + im * im,
        planeWaveSquare(1),
        1e-6);
  }

  /** Every check of Lambda-Omega; less than a second. */
  public static List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    for (double beta : new double[] {1, 1.25, 1.5}) {
      checks.add(homogeneousFrequency(beta));
    }
    checks.add(planeWaveFrequency(1.2, 1));
    checks.add(planeWaveFrequency(1.2, 2));
    checks.add(planeWaveAmplitude());
    return List.copyOf(checks);
  }

  private static Check check(
      String name, String reference, double measured, double expected, double tolerance) {
    return new Check(LambdaOmegaSeries.SYSTEM, name, reference, measured, expected, tolerance, "1");
  }

  private static LambdaOmegaSolver solver(double beta, int points, double step) {
    return new LambdaOmegaSolver(new LambdaOmegaParameters(MU, beta, LENGTH, points, points, step));
  }

  private static double planeWaveSquare(int waves) {
    double k = 2 * Math.PI * waves / LENGTH;
    return 1 - MU * k * k;
  }

  private static double[] planeWave(int points, double radius, int waves) {
    double[] amplitude = new double[2 * points * points];
    for (int at = 0; at < points * points; at++) {
      double angle = 2 * Math.PI * waves * (at % points) / points;
      amplitude[2 * at] = radius * Math.cos(angle);
      amplitude[2 * at + 1] = radius * Math.sin(angle);
    }
    return amplitude;
  }

  /** Radians per time unit by which the field turns clockwise, over one time unit. */
  private static double frequency(LambdaOmegaSolver solver, LambdaOmegaState state) {
    double before = angle(solver.frame(state));
    double after = angle(solver.frame(solver.advance(state, 1)));
    return -Math.IEEEremainder(after - before, 2 * Math.PI);
  }

  private static double angle(float[] frame) {
    return Math.atan2(frame[frame.length / 2], frame[0]);
  }
}
