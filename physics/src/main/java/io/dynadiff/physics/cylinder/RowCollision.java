package io.dynadiff.physics.cylinder;

/**
 * Collides one row of D2Q9 populations after another.
 *
 * <p>The collision is recursively regularised (Malaspinas 2015): what is not density, momentum or
 * stress is computed from these instead of being carried along. It is written as short passes over
 * a whole row, every array of a pass at the same index, because that is what the compiler turns
 * into vector instructions; as one long loop it ran at half the speed. Each cell's numbers depend
 * on that cell alone. Not thread-safe: one per thread.
 */
final class RowCollision {
  /** Rows a little longer than the lattice is wide do not all fall on the same cache lines. */
  private static final int PADDING = 40;

  private static final int ROWS = 19;

  private final int width;
  private final double kept;
  private final double[][] arriving;
  private final double[][] scratch;

  /**
   * @param width cells in a row
   * @param viscosity cells squared per step, greater than 0
   */
  RowCollision(int width, double viscosity) {
    this.width = width;
    this.kept = 1 - 1 / (3 * viscosity + 0.5);
    this.arriving = new double[Lattice.POPULATIONS][width + PADDING];
    this.scratch = new double[ROWS][width + PADDING];
  }

  /** The row's populations before the collision, [population, x]; to be filled by the caller. */
  double[][] arriving() {
    return arriving;
  }

  /**
   * Collides the arriving populations.
   *
   * @param out [population, y, x]
   * @param y row of out that the result goes to
   */
  void collide(double[][][] out, int y) {
    double[][] f = arriving;
    double[] sum1 = scratch[0];
    double[] sum3 = scratch[1];
    double[] sum5 = scratch[2];
    double[] sum7 = scratch[3];
    double[] difference1 = scratch[4];
    double[] difference3 = scratch[5];
    double[] difference5 = scratch[6];
    double[] difference7 = scratch[7];
    sumAndDifference(f[1], f[2], sum1, difference1);
    sumAndDifference(f[3], f[4], sum3, difference3);
    sumAndDifference(f[5], f[6], sum5, difference5);
    sumAndDifference(f[7], f[8], sum7, difference7);
    double[] density = scratch[8];
    double[] diagonals = scratch[9];
    density(f[0], sum1, sum3, sum5, sum7, density, diagonals);
    double[] u = scratch[10];
    double[] v = scratch[11];
    velocity(density, difference1, difference3, difference5, difference7, u, v);
    double[] stressXx = scratch[12];
    double[] stressYy = scratch[13];
    double[] stressXy = scratch[14];
    double[] xx = scratch[15];
    double[] yy = scratch[16];
    double[] xy = scratch[17];
    normalStress(sum1, diagonals, density, u, stressXx, xx);
    normalStress(sum3, diagonals, density, v, stressYy, yy);
    shearStress(sum5, sum7, density, u, v, stressXy, xy);
    // What is no longer needed makes room.
    double[] xxy = sum1;
    double[] xyy = sum3;
    thirdOrder(density, u, v, stressXx, stressXy, xxy);
    thirdOrder(density, v, u, stressYy, stressXy, xyy);
    rest(density, xx, yy, out[0][y]);
    axis(density, xx, yy, u, xyy, out[1][y], out[2][y]);
    axis(density, yy, xx, v, xxy, out[3][y], out[4][y]);
    double[] bulk = sum5;
    bulk(density, xx, yy, bulk);
    diagonal(density, bulk, xy, u, v, xyy, xxy, 1, out[5][y], out[6][y]);
    diagonal(density, bulk, xy, u, v, xyy, xxy, -1, out[7][y], out[8][y]);
  }

  private void sumAndDifference(double[] a, double[] b, double[] sum, double[] difference) {
    for (int x = 0; x < width; x++) {
      double one = a[x];
      double other = b[x];
      sum[x] = one + other;
      difference[x] = one - other;
    }
  }

  private void density(
      double[] rest,
      double[] sum1,
      double[] sum3,
      double[] sum5,
      double[] sum7,
      double[] density,
      double[] diagonals) {
    for (int x = 0; x < width; x++) {
      double diagonal = sum5[x] + sum7[x];
      diagonals[x] = diagonal;
      density[x] = rest[x] + sum1[x] + sum3[x] + diagonal;
    }
  }

  private void velocity(
      double[] density,
      double[] difference1,
      double[] difference3,
      double[] difference5,
      double[] difference7,
      double[] u,
      double[] v) {
    for (int x = 0; x < width; x++) {
      double volume = 1 / density[x];
      double rising = difference5[x];
      double falling = difference7[x];
      u[x] = (difference1[x] + rising + falling) * volume;
      v[x] = (difference3[x] + rising - falling) * volume;
    }
  }

  /** Stress beyond equilibrium as far as it is kept, and its second-order Hermite coefficient. */
  private void normalStress(
      double[] sum,
      double[] diagonals,
      double[] density,
      double[] speed,
      double[] stress,
      double[] coefficient) {
    for (int x = 0; x < width; x++) {
      double momentumFlux = density[x] * speed[x] * speed[x];
      double beyond = kept * (sum[x] + diagonals[x] - density[x] * (1 / 3.0) - momentumFlux);
      stress[x] = beyond;
      coefficient[x] = 4.5 * (momentumFlux + beyond);
    }
  }

  private void shearStress(
      double[] sum5,
      double[] sum7,
      double[] density,
      double[] u,
      double[] v,
      double[] stress,
      double[] coefficient) {
    for (int x = 0; x < width; x++) {
      double momentumFlux = density[x] * u[x] * v[x];
      double beyond = kept * (sum5[x] - sum7[x] - momentumFlux);
      stress[x] = beyond;
      coefficient[x] = 9 * (momentumFlux + beyond);
    }
  }

  /** Third-order coefficient of twice the first direction and once the second. */
  private void thirdOrder(
      double[] density,
      double[] first,
      double[] second,
      double[] stressFirst,
      double[] stressXy,
      double[] coefficient) {
    for (int x = 0; x < width; x++) {
      coefficient[x] =
          13.5
              * (density[x] * first[x] * first[x] * second[x]
                  + 2 * first[x] * stressXy[x]
                  + second[x] * stressFirst[x]);
    }
  }

  private void rest(double[] density, double[] xx, double[] yy, double[] out) {
    for (int x = 0; x < width; x++) {
      out[x] = (4 / 9.0) * (density[x] - (xx[x] + yy[x]) * (1 / 3.0));
    }
  }

  /** A population along an axis and its opposite, from what is equal and opposite in them. */
  private void axis(
      double[] density,
      double[] along,
      double[] across,
      double[] speed,
      double[] third,
      double[] out,
      double[] opposite) {
    for (int x = 0; x < width; x++) {
      double even = density[x] + (2 * along[x] - across[x]) * (1 / 3.0);
      double odd = 3 * density[x] * speed[x] - third[x] * (1 / 3.0);
      out[x] = (1 / 9.0) * (even + odd);
      opposite[x] = (1 / 9.0) * (even - odd);
    }
  }

  private void bulk(double[] density, double[] xx, double[] yy, double[] bulk) {
    for (int x = 0; x < width; x++) {
      bulk[x] = density[x] + (xx[x] + yy[x]) * (2 / 3.0);
    }
  }

  private void diagonal(
      double[] density,
      double[] bulk,
      double[] xy,
      double[] u,
      double[] v,
      double[] xyy,
      double[] xxy,
      double sign,
      double[] out,
      double[] opposite) {
    for (int x = 0; x < width; x++) {
      double even = bulk[x] + sign * xy[x];
      double odd = 3 * density[x] * (u[x] + sign * v[x]) + (xyy[x] + sign * xxy[x]) * (2 / 3.0);
      out[x] = (1 / 36.0) * (even + odd);
      opposite[x] = (1 / 36.0) * (even - odd);
    }
  }
}
