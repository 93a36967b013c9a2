package io.dynadiff.physics.validation;

import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import io.dynadiff.physics.vorticity.VorticitySolver;
import io.dynadiff.physics.vorticity.VorticityState;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleConsumer;

/** Measures the solver of periodic flows on exact solutions and on linear theory. */
public final class FlowValidation {
  /**
   * Onset of the instability of laminar Kolmogorov flow with three periods on the 2 pi torus, by
   * linear theory (Meshalkin and Sinai 1961).
   */
  public static final double KNOWN_ONSET = 6.710;

  private static final double TWO_PI = 2 * Math.PI;
  private static final int POINTS = 32;
  private static final double SETTLING = 150;
  private static final double OBSERVED = 50;
  private static final double STILL_LINEAR = 1e-3;

  private FlowValidation() {}

  /**
   * Taylor-Green vortex on [0, 1)^2: w = exp(-8 pi^2 nu t) sin(2 pi x) sin(2 pi y) exactly.
   *
   * @return largest error of the vorticity at any point against time
   */
  public static Curve taylorGreenError(double viscosity, double duration, int samples) {
    VorticitySolver solver = ForcedNavierStokes.solver(0, 0, viscosity, POINTS, POINTS, 0.05);
    double[] exact = grid(POINTS, (x, y) -> Math.sin(TWO_PI * x) * Math.sin(TWO_PI * y));
    double rate = 2 * TWO_PI * TWO_PI * viscosity;
    return errorOverTime(
        "Taylor-Green vortex, viscosity " + viscosity, solver, exact, rate, duration, samples);
  }

  /**
   * Laminar Kolmogorov flow w = -(Re / 3) cos 3 y, which must stay as it is.
   *
   * @param reynolds below {@link #KNOWN_ONSET}
   * @return largest error of the vorticity at any point against time
   */
  public static Curve laminarError(double reynolds, double duration, int samples) {
    VorticitySolver solver = KolmogorovFlow.solver(reynolds, POINTS, POINTS, 0.1);
    return errorOverTime(
        "laminar Kolmogorov flow, Re " + reynolds,
        solver,
        laminar(reynolds, 0),
        0,
        duration,
        samples);
  }

  private static Curve errorOverTime(
      String name,
      VorticitySolver solver,
      double[] start,
      double rate,
      double duration,
      int samples) {
    double[] times = new double[samples];
    double[] errors = new double[samples];
    VorticityState state = solver.fromVorticity(start);
    for (int i = 0; i < samples; i++) {
      state = solver.advance(state, duration / samples);
      times[i] = state.time();
      double decay = Math.exp(-rate * times[i]);
      double[] found = solver.vorticity(state);
      for (int at = 0; at < found.length; at++) {
        errors[i] = Math.max(errors[i], Math.abs(found[at] - decay * start[at]));
      }
    }
    return new Curve(name, times, errors);
  }

  /**
   * Growth rate of a small perturbation of laminar Kolmogorov flow, once its slowest mode is alone.
   *
   * @throws ArithmeticException if the perturbation grew beyond what is linear
   */
  public static double growthRate(double reynolds) {
    VorticitySolver solver = KolmogorovFlow.solver(reynolds, POINTS, POINTS, 0.1);
    VorticityState state = solver.fromVorticity(laminar(reynolds, 1e-7));
    state = solver.advance(state, SETTLING);
    double before = perturbation(solver.vorticity(state));
    state = solver.advance(state, OBSERVED);
    double after = perturbation(solver.vorticity(state));
    if (!(after < STILL_LINEAR)) {
      throw new ArithmeticException(
          "growth rate at Re %s: expected a perturbation below %s, found %s; choose a lower one"
              .formatted(reynolds, STILL_LINEAR, after));
    }
    return Math.log(after / before) / OBSERVED;
  }

  /**
   * Growth rates against Reynolds numbers.
   *
   * @param progress told how much is done, 0 to 1
   */
  public static Curve growthRates(DoubleConsumer progress, double... reynolds) {
    double[] rates = new double[reynolds.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = growthRate(reynolds[i]);
      progress.accept((i + 1.0) / rates.length);
    }
    return new Curve("measured", reynolds, rates);
  }

  /** Reynolds number at which a curve of growth rates crosses 0, by interpolation; else NaN. */
  public static double onset(Curve growth) {
    for (int i = 1; i < growth.x().length; i++) {
      double below = growth.y()[i - 1];
      double above = growth.y()[i];
      if (below < 0 && above >= 0) {
        double part = below / (below - above);
        return growth.x()[i - 1] + part * (growth.x()[i] - growth.x()[i - 1]);
      }
    }
    return Double.NaN;
  }

  /**
   * Error of the steady state that the diagonal force sustains, w = f / (8 pi^2 nu), which a random
   * start decays to; largest at any point after 60 time units.
   */
  public static double forcedSteadyStateError(double amplitude, double shift) {
    double nu = ForcedNavierStokes.PAPER_VISCOSITY;
    VorticitySolver solver = ForcedNavierStokes.solver(amplitude, shift, nu, POINTS, POINTS, 0.05);
    double[] found = solver.vorticity(solver.advance(solver.initial(1), 60));
    double scale = amplitude / (2 * TWO_PI * TWO_PI * nu);
    double[] exact =
        grid(
            POINTS,
            (x, y) -> {
              double angle = TWO_PI * (x + y + shift);
              return scale * (Math.sin(angle) + Math.cos(angle));
            });
    double largest = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - exact[i]));
    }
    return largest;
  }

  /** Root mean square of what varies along x. */
  private static double perturbation(double[] vorticity) {
    double sum = 0;
    for (int y = 0; y < POINTS; y++) {
      double mean = 0;
      for (int x = 0; x < POINTS; x++) {
        mean += vorticity[y * POINTS + x] / POINTS;
      }
      for (int x = 0; x < POINTS; x++) {
        sum += Math.pow(vorticity[y * POINTS + x] - mean, 2) / (POINTS * POINTS);
      }
    }
    return Math.sqrt(sum);
  }

  /** Laminar vorticity with a perturbation of one period along x and every low mode along y. */
  private static double[] laminar(double reynolds, double perturbation) {
    return grid(
        POINTS,
        (x, y) -> {
          double px = TWO_PI * x - Math.PI;
          double py = TWO_PI * y - Math.PI;
          return -reynolds / 3 * Math.cos(3 * py)
              + perturbation * (Math.cos(px) + Math.sin(px + py) + Math.cos(px - 2 * py + 1));
        });
  }

  /** Values [y, x] of a function of x and y in [0, 1). */
  static double[] grid(int points, DoubleBinaryOperator value) {
    double[] grid = new double[points * points];
    for (int y = 0; y < points; y++) {
      for (int x = 0; x < points; x++) {
        grid[y * points + x] = value.applyAsDouble((double) x / points, (double) y / points);
      }
    }
    return grid;
  }
}
