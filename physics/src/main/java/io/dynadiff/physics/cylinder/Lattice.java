package io.dynadiff.physics.cylinder;

/** The nine velocities of the D2Q9 lattice; 2 k - 1 and 2 k are opposite. */
final class Lattice {
  static final int POPULATIONS = 9;
  static final int[] CX = {0, 1, -1, 0, 0, 1, -1, 1, -1};
  static final int[] CY = {0, 0, 0, 1, -1, 1, -1, -1, 1};
  static final double[] WEIGHT = {
    4 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 36.0, 1 / 36.0, 1 / 36.0, 1 / 36.0
  };

  private Lattice() {}

  /** The population that moves the other way. */
  static int opposite(int i) {
    return i == 0 ? 0 : i % 2 == 1 ? i + 1 : i - 1;
  }

  /** Population of a density that moves at a velocity without stress. */
  static double equilibrium(int i, double density, double u, double v) {
    double along = CX[i] * u + CY[i] * v;
    return WEIGHT[i] * density * (1 + 3 * along + 4.5 * along * along - 1.5 * (u * u + v * v));
  }
}
