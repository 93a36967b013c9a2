package io.dynadiff.physics.validation;

import io.dynadiff.physics.cylinder.TaylorGreenDecay;
import io.dynadiff.physics.lambdaomega.LambdaOmegaParameters;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSolver;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraParameters;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraSolver;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraState;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import io.dynadiff.physics.vorticity.VorticitySolver;

/**
 * Measures how the error of each solver falls with its step, its grid spacing or its tolerance.
 *
 * <p>Errors are root mean squares over the grid, against a much finer run or an exact solution.
 */
public final class ConvergenceValidation {
  private static final double TWO_PI = 2 * Math.PI;

  /** A multiple of all coarser grids. */
  private static final int REFERENCE_POINTS = 96;

  private ConvergenceValidation() {}

  /** Error of Kolmogorov flow at Re 60 after 0.8 time units against the time step. */
  public static Curve flowInTime() {
    double[] reference = flow(0.4 / 64);
    double[] steps = {0.05, 0.025, 0.0125};
    double[] errors = new double[steps.length];
    for (int i = 0; i < steps.length; i++) {
      errors[i] = distance(flow(steps[i]), reference);
    }
    return new Curve("vorticity solver", steps, errors);
  }

  /**
   * Error of a smooth flow after one time unit, on the points of each grid, against the spacing.
   */
  public static Curve flowInSpace() {
    double[] reference = smoothFlow(REFERENCE_POINTS);
    int[] points = {16, 24, 32};
    double[] spacings = new double[points.length];
    double[] errors = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      spacings[i] = 1.0 / points[i];
      errors[i] = distance(smoothFlow(points[i]), everyOther(reference, points[i]));
    }
    return new Curve("vorticity solver", spacings, errors);
  }

  /** Values of the reference grid at the points of a coarser one. */
  private static double[] everyOther(double[] reference, int points) {
    int stride = REFERENCE_POINTS / points;
    double[] coarse = new double[points * points];
    for (int i = 0; i < coarse.length; i++) {
      coarse[i] = reference[i / points * stride * REFERENCE_POINTS + i % points * stride];
    }
    return coarse;
  }

  /** Error of Lambda-Omega at beta 1.5 after 2 time units against the time step. */
  public static Curve lambdaOmegaInTime() {
    double[] steps = {0.2, 0.1, 0.05};
    float[] reference = lambdaOmega(steps[0] / 64);
    double[] errors = new double[steps.length];
    for (int i = 0; i < steps.length; i++) {
      errors[i] = distance(lambdaOmega(steps[i]), reference);
    }
    return new Curve("Lambda-Omega solver", steps, errors);
  }

  /** Error of Lambda-Omega from smooth waves after 2 time units against the grid spacing. */
  public static Curve lambdaOmegaInSpace() {
    float[] reference = smoothWaves(96);
    int[] points = {16, 24, 32};
    double[] spacings = new double[points.length];
    double[] errors = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      spacings[i] = 1.0 / points[i];
      errors[i] = distance(smoothWaves(points[i]), reference);
    }
    return new Curve("Lambda-Omega solver", spacings, errors);
  }

  /**
   * Error of eight Lotka-Volterra orbits after 20 time units against the tolerance of a step;
   * looser tolerances than these would meet the longest step allowed first.
   */
  public static Curve lotkaVolterraInTolerance() {
    double[] reference = populations(1e-13);
    double[] tolerances = {1e-7, 1e-8, 1e-9, 1e-10, 1e-11};
    double[] errors = new double[tolerances.length];
    for (int i = 0; i < tolerances.length; i++) {
      errors[i] = distance(populations(tolerances[i]), reference);
    }
    return new Curve("Lotka-Volterra solver", tolerances, errors);
  }

  /**
   * Error of the lattice on a Taylor-Green vortex against the cell, relative to the exact velocity.
   *
   * <p>Cell h, step h^2 and velocity h shrink together at one viscosity, which is how a lattice
   * comes to the incompressible equations: second order in the cell is first order in the step.
   */
  public static Curve latticeInSpace(int... points) {
    double[] cells = new double[points.length];
    double[] errors = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      cells[i] = 1.0 / points[i];
      errors[i] = latticeTaylorGreenError(points[i], 0.02, 0.02 * points[0] / points[i]);
    }
    return new Curve("lattice", cells, errors);
  }

  /**
   * Relative error of a Taylor-Green vortex on the lattice after one decay time, or 3000 steps.
   *
   * @param points cells per side of the periodic square
   * @param viscosity cells squared per step
   * @param speed largest velocity at the start, cells per step
   */
  public static double latticeTaylorGreenError(int points, double viscosity, double speed) {
    TaylorGreenDecay vortex = new TaylorGreenDecay(points, viscosity, speed);
    return vortex.error(Math.min(3000, vortex.decaySteps()));
  }

  private static double[] flow(double step) {
    VorticitySolver solver = KolmogorovFlow.solver(60, 32, 32, step);
    return solver.vorticity(solver.advance(solver.initial(5), 0.8));
  }

  private static double[] smoothFlow(int points) {
    VorticitySolver solver = ForcedNavierStokes.solver(0, 0, 0.01, points, 8, 0.02);
    double[] start =
        FlowValidation.grid(
            points,
            (x, y) ->
                3 * Math.sin(TWO_PI * x) * Math.sin(TWO_PI * y)
                    + 2 * Math.cos(TWO_PI * (2 * x + y)));
    return solver.vorticity(solver.advance(solver.fromVorticity(start), 1));
  }

  private static float[] lambdaOmega(double step) {
    LambdaOmegaSolver solver =
        new LambdaOmegaSolver(new LambdaOmegaParameters(0.5, 1.5, 20, 32, 32, step));
    return solver.frame(solver.advance(solver.initial(5), 2));
  }

  private static float[] smoothWaves(int points) {
    LambdaOmegaSolver solver =
        new LambdaOmegaSolver(new LambdaOmegaParameters(0.5, 1.5, 20, points, 8, 0.02));
    double[] re =
        FlowValidation.grid(
            points, (x, y) -> 0.7 * Math.cos(TWO_PI * x) + 0.4 * Math.sin(TWO_PI * (x + y)));
    double[] im =
        FlowValidation.grid(
            points, (x, y) -> 0.7 * Math.sin(TWO_PI * y) + 0.3 * Math.cos(TWO_PI * (2 * x - y)));
    double[] amplitude = new double[2 * points * points];
    for (int i = 0; i < re.length; i++) {
      amplitude[2 * i] = re[i];
      amplitude[2 * i + 1] = im[i];
    }
    return solver.frame(solver.advance(solver.fromAmplitude(amplitude), 2));
  }

  private static double[] populations(double tolerance) {
    LotkaVolterraSolver solver =
        new LotkaVolterraSolver(new LotkaVolterraParameters(0.5, 0.75, 0.5, 0.6, tolerance));
    double[] populations = new double[16];
    for (int seed = 0; seed < 8; seed++) {
      LotkaVolterraState end = solver.advance(solver.initial(seed), 20);
      populations[2 * seed] = end.prey();
      populations[2 * seed + 1] = end.predators();
    }
    return populations;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum / a.length);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
    }
    return Math.sqrt(sum / a.length);
  }
}
