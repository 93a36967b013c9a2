package io.dynadiff.physics.vorticity;

import io.dynadiff.physics.spectral.DealiasedModes;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Gaussian random vorticity with a spectrum that depends on the wavenumber alone. */
final class RandomVorticity {
  private RandomVorticity() {}

  /**
   * Draws both parts of every mode from a normal distribution.
   *
   * <p>Modes are drawn up to a fixed wavenumber in a fixed order, so that a finer grid continues
   * the same field instead of drawing another.
   *
   * @param largest largest wavenumber drawn along each axis, in periods per side
   * @param deviation standard deviation of real and imaginary part by |k| in periods per side
   */
  static double[] draw(
      long seed, DealiasedModes modes, int largest, DoubleUnaryOperator deviation) {
    SplittableRandom random = new SplittableRandom(seed);
    int side = 2 * largest + 1;
    double[] drawn = new double[2 * side * (largest + 1)];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = random.nextGaussian();
    }
    double[] values = new double[2 * modes.count()];
    for (int m = 0; m < modes.count(); m++) {
      int kx = modes.kx(m);
      int ky = modes.ky(m);
      if (kx > largest || Math.abs(ky) > largest) {
        continue;
      }
      double size = deviation.applyAsDouble(Math.hypot(kx, ky));
      int at = 2 * ((ky + largest) * (largest + 1) + kx);
      values[2 * m] = size * drawn[at];
      values[2 * m + 1] = size * drawn[at + 1];
    }
    return values;
  }
}
