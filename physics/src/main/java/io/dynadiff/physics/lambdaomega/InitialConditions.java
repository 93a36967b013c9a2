package io.dynadiff.physics.lambdaomega;

import java.util.SplittableRandom;

/**
 * Random initial amplitudes: one to three spiral-antispiral pairs at random places, a random phase,
 * and smooth random low modes on top; the same for every beta.
 *
 * <p>The phase of a pair on the periodic square is that of a ratio of Jacobi theta functions, which
 * closes exactly across the sides; a field of plain angles would tear there and radiate waves that
 * belong to no environment.
 */
final class InitialConditions {
  private static final int LOW_MODES = 3;
  private static final double PERTURBATION = 0.25;
  private static final double CORE_RADIUS = 1.2;

  private InitialConditions() {}

  /**
   * Draws an amplitude on a square grid.
   *
   * @param seed every seed gives one field, whatever the grid or the parameters
   * @param points grid points per side
   * @param domainLength side of the square centred on 0
   * @return A as interleaved (re, im), axes [y, x], |A| at most {@link
   *     LambdaOmegaParameters#LARGEST_AMPLITUDE}
   */
  static double[] draw(long seed, int points, double domainLength) {
    SplittableRandom random = new SplittableRandom(seed);
    int pairs = random.nextInt(1, 4);
    double[][] cores = new double[2 * pairs][2];
    for (int i = 0; i < cores.length; i++) {
      cores[i] = i % 2 == 0 ? anywhere(random) : farFrom(cores[i - 1], random);
    }
    double phase = random.nextDouble() * 2 * Math.PI;
    double[][] modes = lowModes(random);

    double coreWidth = CORE_RADIUS / domainLength * Math.PI;
    double[] amplitude = new double[2 * points * points];
    for (int y = 0; y < points; y++) {
      for (int x = 0; x < points; x++) {
        double px = Math.PI * x / points;
        double py = Math.PI * y / points;
        double angle = phase;
        double modulus = 1;
        for (int i = 0; i < cores.length; i++) {
          double charge = i % 2 == 0 ? 1 : -1;
          double dx = px - cores[i][0];
          double dy = py - cores[i][1];
          angle += charge * (thetaArgument(dx, dy) - 2 * cores[i][0] * py / Math.PI);
          modulus *= Math.tanh(Math.hypot(Math.sin(dx), Math.sin(dy)) / coreWidth);
        }
        double re = modulus * Math.cos(angle);
        double im = modulus * Math.sin(angle);
        for (double[] mode : modes) {
          double wave = 2 * (mode[0] * px + mode[1] * py);
          re += mode[2] * Math.cos(wave) - mode[3] * Math.sin(wave);
          im += mode[2] * Math.sin(wave) + mode[3] * Math.cos(wave);
        }
        // A soft ceiling keeps every seed inside the amplitude the time step was checked for.
        double r = Math.hypot(re, im);
        double scale = r < 1e-12 ? 1 : softCeiling(r) / r;
        int at = 2 * (y * points + x);
        amplitude[at] = re * scale;
        amplitude[at + 1] = im * scale;
      }
    }
    return amplitude;
  }

  private static double softCeiling(double r) {
    return LambdaOmegaParameters.LARGEST_AMPLITUDE
        * Math.tanh(r / LambdaOmegaParameters.LARGEST_AMPLITUDE);
  }

  /** Position on the square in the theta function's coordinates, [0, pi) by [0, pi). */
  private static double[] anywhere(SplittableRandom random) {
    return new double[] {random.nextDouble() * Math.PI, random.nextDouble() * Math.PI};
  }

  /** A partner near enough to be a pair and far enough not to annihilate at once. */
  private static double[] farFrom(double[] core, SplittableRandom random) {
    while (true) {
      double[] candidate = anywhere(random);
      double distance =
          Math.hypot(Math.sin(candidate[0] - core[0]), Math.sin(candidate[1] - core[1]));
      if (distance > 0.8) {
        return candidate;
      }
    }
  }

  private static double[][] lowModes(SplittableRandom random) {
    int side = 2 * LOW_MODES + 1;
    double[][] modes = new double[side * side][];
    int next = 0;
    for (int ky = -LOW_MODES; ky <= LOW_MODES; ky++) {
      for (int kx = -LOW_MODES; kx <= LOW_MODES; kx++) {
        double size = PERTURBATION / side * Math.exp(-0.15 * (kx * kx + ky * ky)) * 2;
        modes[next++] =
            new double[] {kx, ky, size * random.nextGaussian(), size * random.nextGaussian()};
      }
    }
    return modes;
  }

  /**
   * Argument of theta_1(x + i y) for the square lattice, nome exp(-pi); four terms reach double
   * precision.
   */
  private static double thetaArgument(double x, double y) {
    double re = 0;
    double im = 0;
    for (int n = 0; n < 4; n++) {
      int odd = 2 * n + 1;
      double weight = Math.exp(-Math.PI * n * (n + 1)) * (n % 2 == 0 ? 1 : -1);
      re += weight * Math.sin(odd * x) * Math.cosh(odd * y);
      im += weight * Math.cos(odd * x) * Math.sinh(odd * y);
    }
    return Math.atan2(im, re);
  }
}
