package io.dynadiff.trainer.functional;

/**
 * The orthonormal real Fourier basis on equally spaced points of a period: a constant, then the
 * cosine and sine of each wavenumber, and for an even number of points the cosine that alternates.
 *
 * <p>As constant matrices, so that any engine that multiplies matrices can differentiate through
 * them. With C = Qy' u Qx the sum of squares of C is that of u.
 */
final class RealFourier {

  private final int points;

  /**
   * @param points points per period, at least 1
   */
  RealFourier(int points) {
    this.points = points;
  }

  /** Periods of one basis function over the domain. */
  static int wavenumber(int function) {
    return (function + 1) / 2;
  }

  private double scale(int function) {
    return Math.sqrt((function == 0 || alternating(function) ? 1.0 : 2.0) / points);
  }

  private boolean alternating(int function) {
    return 2 * wavenumber(function) == points;
  }

  /** The basis functions at so many equally spaced places: axes [place, function]. */
  float[] values(int places) {
    float[] matrix = new float[places * points];
    for (int j = 0; j < places; j++) {
      for (int f = 0; f < points; f++) {
        double phase = 2 * Math.PI * wavenumber(f) * j / places;
        double value = f % 2 == 1 || f == 0 ? Math.cos(phase) : Math.sin(phase);
        matrix[j * points + f] = (float) (scale(f) * value);
      }
    }
    return matrix;
  }

  /**
   * The transpose of what takes values at those places, at least as many as points, back to the
   * basis: axes [place, function]. The alternating cosine, which stands for two waves at once, gets
   * nothing.
   */
  float[] projection(int places) {
    float[] matrix = values(places);
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] *= alternating(i % points) ? 0 : (float) points / places;
    }
    return matrix;
  }

  /**
   * Their derivatives there, axes [place, function]. That of the alternating cosine vanishes on the
   * points and is taken as 0 everywhere.
   *
   * @param length the period, in the unit of length
   */
  float[] derivatives(int places, double length) {
    float[] matrix = new float[places * points];
    for (int j = 0; j < places; j++) {
      for (int f = 1; f < points; f++) {
        if (!alternating(f)) {
          double phase = 2 * Math.PI * wavenumber(f) * j / places;
          double slope = f % 2 == 1 ? -Math.sin(phase) : Math.cos(phase);
          matrix[j * points + f] =
              (float) (scale(f) * 2 * Math.PI * wavenumber(f) / length * slope);
        }
      }
    }
    return matrix;
  }
}
