package io.dynadiff.physics.spectral;

/**
 * Exponential time differencing Runge-Kutta of fourth order (ETDRK4, Cox and Matthews 2002) for v_t
 * = L v + N(v) with a diagonal L, which it integrates exactly.
 *
 * <p>Not thread-safe (it keeps scratch arrays): one per thread.
 */
public final class EtdRungeKutta {

  /** The part N of the equation that is not linear and diagonal. */
  @FunctionalInterface
  public interface Remainder {

    /**
     * Writes N(v).
     *
     * @param v modes, interleaved (re, im); not to be written to
     * @param out as long as v, overwritten entirely
     */
    void evaluate(double[] v, double[] out);
  }

  private final double[] rates;
  private final Remainder remainder;
  private final double[] stageA;
  private final double[] stageB;
  private final double[] stageC;
  private final double[] remainder0;
  private final double[] remainderA;
  private final double[] remainderB;
  private final double[] remainderC;
  private EtdCoefficients coefficients;

  /**
   * Prepares stepping.
   *
   * @param rates L per mode, per time unit, interleaved (re, im)
   * @param remainder N
   */
  public EtdRungeKutta(double[] rates, Remainder remainder) {
    if (rates.length == 0 || rates.length % 2 != 0) {
      throw new IllegalArgumentException(
          "etd rates: expected pairs (re, im) for at least one mode, found "
              + rates.length
              + " numbers");
    }
    this.rates = rates.clone();
    this.remainder = remainder;
    this.stageA = new double[rates.length];
    this.stageB = new double[rates.length];
    this.stageC = new double[rates.length];
    this.remainder0 = new double[rates.length];
    this.remainderA = new double[rates.length];
    this.remainderB = new double[rates.length];
    this.remainderC = new double[rates.length];
  }

  /**
   * Moves the modes one step forward in place.
   *
   * <p>The coefficients of the last time step are kept, so that equal steps cost none.
   *
   * @param v modes, interleaved (re, im), as many as there are rates
   * @param timeStep time units, greater than 0; its stability is the caller's to check
   */
  public void step(double[] v, double timeStep) {
    if (coefficients == null || coefficients.timeStep() != timeStep) {
      coefficients = EtdCoefficients.of(rates, timeStep);
    }
    remainder.evaluate(v, remainder0);
    coefficients.halfStep(v, remainder0, stageA);
    remainder.evaluate(stageA, remainderA);
    coefficients.halfStep(v, remainderA, stageB);
    remainder.evaluate(stageB, remainderB);
    coefficients.thirdStage(stageA, remainder0, remainderB, stageC);
    remainder.evaluate(stageC, remainderC);
    coefficients.combine(v, remainder0, remainderA, remainderB, remainderC);
  }
}
