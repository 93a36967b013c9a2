package io.dynadiff.physics.spectral;

/**
 * Per-mode coefficients of one ETDRK4 step for a diagonal linear part (Cox and Matthews 2002;
 * evaluated by contour means as in Kassam and Trefethen 2005, because the closed forms cancel near
 * zero).
 *
 * <p>Immutable and thread-safe. All arrays are interleaved (re, im), one pair per mode.
 */
final class EtdCoefficients {
  private static final int CONTOUR_POINTS = 32;

  private final double timeStep;
  private final double[] whole;
  private final double[] half;
  private final double[] halfWeight;
  private final double[] first;
  private final double[] middle;
  private final double[] last;

  private EtdCoefficients(double timeStep, int values) {
    this.timeStep = timeStep;
    this.whole = new double[values];
    this.half = new double[values];
    this.halfWeight = new double[values];
    this.first = new double[values];
    this.middle = new double[values];
    this.last = new double[values];
  }

  /** Coefficients for linear rates per mode, interleaved (re, im), and a time step. */
  static EtdCoefficients of(double[] rates, double timeStep) {
    EtdCoefficients c = new EtdCoefficients(timeStep, rates.length);
    for (int i = 0; i < rates.length; i += 2) {
      c.set(i, rates[i] * timeStep, rates[i + 1] * timeStep);
    }
    return c;
  }

  double timeStep() {
    return timeStep;
  }

  /** out = half v + halfWeight n. */
  void halfStep(double[] v, double[] n, double[] out) {
    for (int i = 0; i < out.length; i += 2) {
      out[i] =
          half[i] * v[i]
              - half[i + 1] * v[i + 1]
              + halfWeight[i] * n[i]
              - halfWeight[i + 1] * n[i + 1];
      out[i + 1] =
          half[i] * v[i + 1]
              + half[i + 1] * v[i]
              + halfWeight[i] * n[i + 1]
              + halfWeight[i + 1] * n[i];
    }
  }

  /** out = half a + halfWeight (2 nB - n0). */
  void thirdStage(double[] a, double[] n0, double[] nB, double[] out) {
    for (int i = 0; i < out.length; i += 2) {
      double re = 2 * nB[i] - n0[i];
      double im = 2 * nB[i + 1] - n0[i + 1];
      out[i] =
          half[i] * a[i] - half[i + 1] * a[i + 1] + halfWeight[i] * re - halfWeight[i + 1] * im;
      out[i + 1] =
          half[i] * a[i + 1] + half[i + 1] * a[i] + halfWeight[i] * im + halfWeight[i + 1] * re;
    }
  }

  /** v = whole v + first n0 + middle (nA + nB) + last nC. */
  void combine(double[] v, double[] n0, double[] nA, double[] nB, double[] nC) {
    for (int i = 0; i < v.length; i += 2) {
      double midRe = nA[i] + nB[i];
      double midIm = nA[i + 1] + nB[i + 1];
      double re =
          whole[i] * v[i]
              - whole[i + 1] * v[i + 1]
              + first[i] * n0[i]
              - first[i + 1] * n0[i + 1]
              + middle[i] * midRe
              - middle[i + 1] * midIm
              + last[i] * nC[i]
              - last[i + 1] * nC[i + 1];
      double im =
          whole[i] * v[i + 1]
              + whole[i + 1] * v[i]
              + first[i] * n0[i + 1]
              + first[i + 1] * n0[i]
              + middle[i] * midIm
              + middle[i + 1] * midRe
              + last[i] * nC[i + 1]
              + last[i + 1] * nC[i];
      v[i] = re;
      v[i + 1] = im;
    }
  }

  private void set(int at, double zRe, double zIm) {
    put(whole, at, Complex.exp(zRe, zIm));
    put(half, at, Complex.exp(zRe / 2, zIm / 2));
    Complex q = Complex.ZERO;
    Complex f1 = Complex.ZERO;
    Complex f2 = Complex.ZERO;
    Complex f3 = Complex.ZERO;
    for (int j = 0; j < CONTOUR_POINTS; j++) {
      double angle = 2 * Math.PI * (j + 0.5) / CONTOUR_POINTS;
      Complex r = new Complex(zRe + Math.cos(angle), zIm + Math.sin(angle));
      Complex e = Complex.exp(r.re(), r.im());
      Complex cube = r.times(r).times(r);
      q = q.plus(Complex.exp(r.re() / 2, r.im() / 2).plus(-1).over(r));
      // (-4 - r + e^r (4 - 3 r + r^2)) / r^3, and likewise for the other two weights
      f1 =
          f1.plus(
              e.times(r.times(r).plus(r.scaled(-3)).plus(4))
                  .plus(r.scaled(-1))
                  .plus(-4)
                  .over(cube));
      f2 = f2.plus(e.times(r.plus(-2)).plus(r).plus(2).over(cube));
      f3 =
          f3.plus(
              e.times(r.scaled(-1).plus(4))
                  .plus(r.times(r).scaled(-1))
                  .plus(r.scaled(-3))
                  .plus(-4)
                  .over(cube));
    }
    double mean = timeStep / CONTOUR_POINTS;
    put(halfWeight, at, q.scaled(mean));
    put(first, at, f1.scaled(mean));
    put(middle, at, f2.scaled(2 * mean));
    put(last, at, f3.scaled(mean));
  }

  private static void put(double[] array, int at, Complex value) {
    array[at] = value.re();
    array[at + 1] = value.im();
  }
}
