package io.dynadiff.physics.cylinder;

import java.util.Arrays;

/**
 * A lattice of D2Q9 populations that collide and move on, with solid cells that throw them back
 * half-way.
 *
 * <p>The collision is recursively regularised (Malaspinas 2015): what is not density, momentum or
 * stress is computed from these instead of being carried along. The papers' flows have Reynolds
 * numbers up to 25 by the cell; with two relaxation times the lattice blew up at 15, this one was
 * stable at 29.5. Along y the lattice is periodic; along x it is periodic too, or the flow comes in
 * at a fixed velocity (bounce-back from a moving wall) and leaves at a fixed density
 * (anti-bounce-back). Not thread-safe.
 */
public final class LatticeFlow {
  /** Velocities of the nine populations; 2 k - 1 and 2 k are opposite. */
  private static final int[] CX = {0, 1, -1, 0, 0, 1, -1, 1, -1};

  private static final int[] CY = {0, 0, 0, 1, -1, 1, -1, -1, 1};
  private static final double[] WEIGHT = {
    4 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 36.0, 1 / 36.0, 1 / 36.0, 1 / 36.0
  };
  private static final int POPULATIONS = 9;

  private final int width;
  private final int height;
  private final boolean[] solid;
  private final boolean[] plain;
  private final double inflow;
  private final boolean open;
  private final double kept;
  private final int[] offset = new int[POPULATIONS];
  private double[] now;
  private double[] next;

  /**
   * A lattice at rest, density 1.
   *
   * @param solid [y, x], true where populations are thrown back
   * @param viscosity cells squared per step, greater than 0
   * @param inflow velocity along x at x = 0; NaN where the lattice is periodic along x
   */
  public LatticeFlow(int width, int height, boolean[] solid, double viscosity, double inflow) {
    if (solid.length != width * height) {
      throw new IllegalArgumentException(
          "lattice mask: expected " + height + " x " + width + " cells, found " + solid.length);
    }
    this.width = width;
    this.height = height;
    this.solid = solid.clone();
    this.inflow = inflow;
    this.open = !Double.isNaN(inflow);
    this.kept = 1 - 1 / (3 * viscosity + 0.5);
    this.now = new double[POPULATIONS * solid.length];
    this.next = new double[POPULATIONS * solid.length];
    this.plain = new boolean[solid.length];
    for (int i = 0; i < POPULATIONS; i++) {
      offset[i] = CY[i] * width + CX[i];
    }
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        boolean clear = true;
        for (int i = 0; i < POPULATIONS; i++) {
          clear &= !solid[y * width + x + offset[i]];
        }
        plain[y * width + x] = clear;
      }
    }
    setFlow(new double[solid.length], new double[solid.length]);
  }

  /** Sets every population to the equilibrium of density 1 and a velocity, [y, x] each. */
  public void setFlow(double[] u, double[] v) {
    for (int cell = 0; cell < solid.length; cell++) {
      for (int i = 0; i < POPULATIONS; i++) {
        now[i * solid.length + cell] =
            solid[cell] ? WEIGHT[i] : equilibrium(i, 1, u[cell], v[cell]);
      }
    }
  }

  /** The populations after collision, [population, y, x]; a copy. */
  double[] populations() {
    return now.clone();
  }

  /** Puts back what {@link #populations()} gave. */
  void setPopulations(double[] populations) {
    System.arraycopy(populations, 0, now, 0, now.length);
  }

  /** Moves every population one cell on and lets them collide. */
  public void step() {
    int cells = solid.length;
    double[] f = new double[POPULATIONS];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int cell = y * width + x;
        if (plain[cell]) {
          for (int i = 0; i < POPULATIONS; i++) {
            f[i] = now[i * cells + cell - offset[i]];
          }
        } else if (solid[cell]) {
          continue;
        } else {
          gather(x, y, f);
        }
        collide(f, cell);
      }
    }
    double[] swap = now;
    now = next;
    next = swap;
  }

  /** Populations that arrive at a cell beside a solid or at the rim. */
  private void gather(int x, int y, double[] f) {
    int cells = solid.length;
    int cell = y * width + x;
    for (int i = 0; i < POPULATIONS; i++) {
      int fromX = x - CX[i];
      int fromY = Math.floorMod(y - CY[i], height);
      int opposite = opposite(i) * cells + cell;
      if (fromX >= 0 && fromX < width || !open) {
        int from = fromY * width + Math.floorMod(fromX, width);
        f[i] = solid[from] ? now[opposite] : now[i * cells + from];
      } else if (fromX < 0) {
        f[i] = now[opposite] + 6 * WEIGHT[i] * CX[i] * inflow;
      } else {
        double u = momentum(cell, CX) / density(cell);
        double v = momentum(cell, CY) / density(cell);
        double along = CX[i] * u + CY[i] * v;
        f[i] = -now[opposite] + 2 * WEIGHT[i] * (1 + 4.5 * along * along - 1.5 * (u * u + v * v));
      }
    }
  }

  private void collide(double[] f, int cell) {
    int cells = solid.length;
    double density = f[0] + f[1] + f[2] + f[3] + f[4] + f[5] + f[6] + f[7] + f[8];
    double u = (f[1] - f[2] + f[5] - f[6] + f[7] - f[8]) / density;
    double v = (f[3] - f[4] + f[5] - f[6] - f[7] + f[8]) / density;
    double diagonals = f[5] + f[6] + f[7] + f[8];
    // Stress beyond equilibrium, of which the collision keeps a part.
    double stressXx = f[1] + f[2] + diagonals - density * (1 / 3.0 + u * u);
    double stressYy = f[3] + f[4] + diagonals - density * (1 / 3.0 + v * v);
    double stressXy = f[5] + f[6] - f[7] - f[8] - density * u * v;
    // Coefficients of the Hermite polynomials, second order and (recursively) third.
    double xx = 4.5 * (density * u * u + kept * stressXx);
    double yy = 4.5 * (density * v * v + kept * stressYy);
    double xy = 9 * (density * u * v + kept * stressXy);
    double xxy = 13.5 * (density * u * u * v + kept * (2 * u * stressXy + v * stressXx));
    double xyy = 13.5 * (density * u * v * v + kept * (2 * v * stressXy + u * stressYy));
    double bulk = density + (xx + yy) * 2 / 3;
    next[cell] = WEIGHT[0] * (density - (xx + yy) / 3);
    pair(1, cell, density + (2 * xx - yy) / 3, 3 * density * u - xyy / 3);
    pair(3, cell, density + (2 * yy - xx) / 3, 3 * density * v - xxy / 3);
    pair(5, cell, bulk + xy, 3 * density * (u + v) + (xyy + xxy) * 2 / 3);
    pair(7, cell, bulk - xy, 3 * density * (u - v) + (xyy - xxy) * 2 / 3);
  }

  /** Writes a population and its opposite from what is equal and what is opposite in them. */
  private void pair(int i, int cell, double even, double odd) {
    int at = i * solid.length + cell;
    next[at] = WEIGHT[i] * (even + odd);
    next[at + solid.length] = WEIGHT[i] * (even - odd);
  }

  /** Sum of the densities of all cells that are not solid. */
  double mass() {
    double mass = 0;
    for (int cell = 0; cell < solid.length; cell++) {
      mass += solid[cell] ? 0 : density(cell);
    }
    return mass;
  }

  /** Velocity along x, [y, x]; 0 in solid cells. */
  public double[] velocityX() {
    return velocity(CX);
  }

  /** Velocity along y, [y, x]; 0 in solid cells. */
  double[] velocityY() {
    return velocity(CY);
  }

  /** Velocity along y of one cell. */
  double velocityY(int x, int y) {
    int cell = y * width + x;
    return momentum(cell, CY) / density(cell);
  }

  private double[] velocity(int[] direction) {
    double[] velocity = new double[solid.length];
    Arrays.setAll(velocity, cell -> solid[cell] ? 0 : momentum(cell, direction) / density(cell));
    return velocity;
  }

  private double density(int cell) {
    double sum = 0;
    for (int i = 0; i < POPULATIONS; i++) {
      sum += now[i * solid.length + cell];
    }
    return sum;
  }

  private double momentum(int cell, int[] direction) {
    double sum = 0;
    for (int i = 1; i < POPULATIONS; i++) {
      sum += direction[i] * now[i * solid.length + cell];
    }
    return sum;
  }

  private static double equilibrium(int i, double density, double u, double v) {
    double along = CX[i] * u + CY[i] * v;
    return WEIGHT[i] * density * (1 + 3 * along + 4.5 * along * along - 1.5 * (u * u + v * v));
  }

  private static int opposite(int i) {
    return i == 0 ? 0 : i % 2 == 1 ? i + 1 : i - 1;
  }
}
