package io.dynadiff.physics.validation;

import io.dynadiff.physics.lotkavolterra.LotkaVolterraParameters;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraSolver;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraState;

/** Measures how well Lotka-Volterra orbits keep the quantity they should keep. */
public final class LotkaVolterraValidation {

  private LotkaVolterraValidation() {}

  /**
   * Largest distance of the invariant from its start so far, against time up to 100.
   *
   * @param parameters rates and tolerance
   * @param seed start of the orbit
   */
  public static Curve invariantDrift(LotkaVolterraParameters parameters, long seed) {
    LotkaVolterraSolver solver = new LotkaVolterraSolver(parameters);
    LotkaVolterraState state = solver.initial(seed);
    double before = solver.invariant(state);
    double[] times = new double[10];
    double[] drift = new double[10];
    double largest = 0;
    for (int i = 0; i < times.length; i++) {
      state = solver.advance(state, 10);
      largest = Math.max(largest, Math.abs(solver.invariant(state) - before));
      times[i] = state.time();
      drift[i] = largest;
    }
    return new Curve(
        "beta %s, delta %s".formatted(parameters.beta(), parameters.delta()), times, drift);
  }

  /** Largest drift of five orbits. */
  public static double invariantDrift(LotkaVolterraParameters parameters) {
    double largest = 0;
    for (long seed = 0; seed < 5; seed++) {
      largest = Math.max(largest, invariantDrift(parameters, seed).largest());
    }
    return largest;
  }
}
