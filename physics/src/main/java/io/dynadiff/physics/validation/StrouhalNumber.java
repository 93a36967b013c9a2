package io.dynadiff.physics.validation;

import io.dynadiff.physics.cylinder.CylinderParameters;
import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.cylinder.CylinderState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * Frequency at which a cylinder sheds vortices, times its diameter over the velocity of the inflow.
 *
 * @param value the mean over the periods measured
 * @param periods number of periods measured
 * @param spread largest deviation of a single period from the mean, as a part of the mean
 * @param amplitude largest sideways velocity at the probe, in units of the inflow
 */
public record StrouhalNumber(double value, int periods, double spread, double amplitude) {
  /** Convective time, in diameters over the inflow velocity, from the start to the measurement. */
  private static final double SETTLING = 60;

  /** Convective time of the measurement; at least 5 periods at every Reynolds number above 60. */
  private static final double MEASURING = 45;

  /** Samples in one diameter over the inflow velocity. */
  private static final double SAMPLES = 6;

  /**
   * Lets a flow past a cylinder settle and counts the periods of the sideways velocity two
   * diameters behind the cylinder's centre; the same parameters and seed give the same number.
   *
   * @param threads threads to compute on, at least 1
   * @param progress told how much of the work is done, 0 to 1
   * @throws ArithmeticException if the flow sheds no vortices
   */
  public static StrouhalNumber measure(
      CylinderParameters parameters, long seed, int threads, DoubleConsumer progress) {
    CylinderSolver solver = new CylinderSolver(parameters, threads);
    double diameter = 2 * parameters.radius();
    double convective = diameter / parameters.inflow() / parameters.stepsPerTimeUnit();
    int row = parameters.outputHeight() / 2;
    int column =
        (int)
            ((0.25 * parameters.width() + 2 * diameter)
                * parameters.outputWidth()
                / parameters.width());
    int probe = (parameters.outputHeight() + row) * parameters.outputWidth() + column;
    double whole = SETTLING + MEASURING;
    CylinderState state =
        solver.advance(
            solver.initial(seed),
            SETTLING * convective,
            done -> progress.accept(done / convective / whole));
    List<Double> crossings = new ArrayList<>();
    double before = solver.frame(state)[probe];
    double amplitude = 0;
    double interval = convective / SAMPLES;
    for (int i = 0; i < MEASURING * SAMPLES; i++) {
      CylinderState next = solver.advance(state, interval);
      double after = solver.frame(next)[probe];
      if (before < 0 && after >= 0) {
        crossings.add(state.time() + (next.time() - state.time()) * before / (before - after));
      }
      amplitude = Math.max(amplitude, Math.abs(after));
      before = after;
      state = next;
      progress.accept((SETTLING + i / SAMPLES) / whole);
    }
    return of(crossings, convective, amplitude);
  }

  private static StrouhalNumber of(List<Double> crossings, double convective, double amplitude) {
    int periods = crossings.size() - 1;
    if (periods < 2) {
      throw new ArithmeticException(
          "strouhal number: expected at least 2 periods, found "
              + Math.max(0, periods)
              + "; the flow sheds no vortices");
    }
    double mean = (crossings.get(periods) - crossings.get(0)) / periods;
    double spread = 0;
    for (int i = 0; i < periods; i++) {
      double period = crossings.get(i + 1) - crossings.get(i);
      spread = Math.max(spread, Math.abs(period / mean - 1));
    }
    return new StrouhalNumber(convective / mean, periods, spread, amplitude);
  }
}
