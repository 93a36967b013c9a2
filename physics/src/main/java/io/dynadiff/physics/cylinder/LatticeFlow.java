package io.dynadiff.physics.cylinder;

import static io.dynadiff.physics.cylinder.Lattice.CX;
import static io.dynadiff.physics.cylinder.Lattice.CY;
import static io.dynadiff.physics.cylinder.Lattice.POPULATIONS;
import static io.dynadiff.physics.cylinder.Lattice.WEIGHT;
import static io.dynadiff.physics.cylinder.Lattice.opposite;

import java.util.Arrays;

/**
 * A lattice of D2Q9 populations that collide and move on, with solid cells that throw them back
 * half-way.
 *
 * <p>The papers' flows have Reynolds numbers up to 25 by the cell; with two relaxation times the
 * lattice blew up at 15, the regularised collision of {@link RowCollision} was stable at 29.5.
 * Along y the lattice is periodic; along x it is periodic too, or the flow comes in at a fixed
 * velocity (bounce-back from a moving wall) and leaves at a fixed density (anti-bounce-back).
 *
 * <p>The rows may be shared out to threads; the numbers are the same for every number of them. Not
 * thread-safe towards its caller.
 */
final class LatticeFlow {
  private final int width;
  private final int height;
  private final boolean[] solid;
  private final double inflow;
  private final boolean open;
  private final RowCollision[] collisions;
  private final RowLinks[] links;
  private double[][][] now;
  private double[][][] next;

  /**
   * A lattice at rest, density 1.
   *
   * @param solid [y, x], true where populations are thrown back
   * @param viscosity cells squared per step, greater than 0
   * @param inflow velocity along x at x = 0; NaN where the lattice is periodic along x
   * @param threads threads that steps are computed on, at least 1
   */
  LatticeFlow(
      int width, int height, boolean[] solid, double viscosity, double inflow, int threads) {
    if (solid.length != width * height) {
      throw new IllegalArgumentException(
          "lattice mask: expected " + height + " x " + width + " cells, found " + solid.length);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
    this.width = width;
    this.height = height;
    this.solid = solid.clone();
    this.inflow = inflow;
    this.open = !Double.isNaN(inflow);
    this.now = new double[POPULATIONS][height][width];
    this.next = new double[POPULATIONS][height][width];
    this.collisions = new RowCollision[Math.min(threads, height)];
    for (int i = 0; i < collisions.length; i++) {
      collisions[i] = new RowCollision(width, viscosity);
    }
    this.links = new RowLinks[height];
    for (int y = 0; y < height; y++) {
      links[y] = RowLinks.of(this.solid, width, height, y, open);
    }
    setFlow(new double[solid.length], new double[solid.length]);
  }

  /** Sets every population to the equilibrium of density 1 and a velocity, [y, x] each. */
  void setFlow(double[] u, double[] v) {
    double[] density = new double[solid.length];
    Arrays.fill(density, 1);
    setFlow(density, u, v);
  }

  /** Sets every population to the equilibrium of a density and a velocity, [y, x] each. */
  void setFlow(double[] density, double[] u, double[] v) {
    for (int cell = 0; cell < solid.length; cell++) {
      for (int i = 0; i < POPULATIONS; i++) {
        now[i][cell / width][cell % width] =
            solid[cell] ? WEIGHT[i] : Lattice.equilibrium(i, density[cell], u[cell], v[cell]);
      }
    }
  }

  /** The populations after collision, [population, y, x]; a copy. */
  double[] populations() {
    double[] populations = new double[POPULATIONS * solid.length];
    for (int row = 0; row < POPULATIONS * height; row++) {
      System.arraycopy(now[row / height][row % height], 0, populations, row * width, width);
    }
    return populations;
  }

  /** Puts back what {@link #populations()} gave. */
  void setPopulations(double[] populations) {
    for (int row = 0; row < POPULATIONS * height; row++) {
      System.arraycopy(populations, row * width, now[row / height][row % height], 0, width);
    }
  }

  /** So many times, moves every population one cell on and lets them collide. */
  void run(int steps) {
    double[][][] even = now;
    double[][][] odd = next;
    new RowBands(height, collisions.length)
        .run(
            steps,
            (band, y, step) ->
                row(collisions[band], step % 2 == 0 ? even : odd, step % 2 == 0 ? odd : even, y));
    if (steps % 2 == 1) {
      now = odd;
      next = even;
    }
  }

  private void row(RowCollision collision, double[][][] from, double[][][] to, int y) {
    double[][] arriving = collision.arriving();
    for (int i = 0; i < POPULATIONS; i++) {
      double[] row = from[i][Math.floorMod(y - CY[i], height)];
      if (CX[i] == 0) {
        System.arraycopy(row, 0, arriving[i], 0, width);
      } else if (CX[i] > 0) {
        System.arraycopy(row, 0, arriving[i], 1, width - 1);
        arriving[i][0] = row[width - 1];
      } else {
        System.arraycopy(row, 1, arriving[i], 0, width - 1);
        arriving[i][width - 1] = row[0];
      }
    }
    if (open) {
      inflow(from, arriving, y);
      outflow(from, arriving, y);
    }
    links[y].apply(from, arriving, y);
    collision.collide(to, y);
  }

  private void inflow(double[][][] from, double[][] arriving, int y) {
    for (int i = 1; i < POPULATIONS; i++) {
      if (CX[i] > 0) {
        arriving[i][0] = from[opposite(i)][y][0] + 6 * WEIGHT[i] * inflow;
      }
    }
  }

  private void outflow(double[][][] from, double[][] arriving, int y) {
    int x = width - 1;
    double density = density(from, x, y);
    double u = momentum(from, CX, x, y) / density;
    double v = momentum(from, CY, x, y) / density;
    for (int i = 1; i < POPULATIONS; i++) {
      if (CX[i] < 0) {
        double along = CX[i] * u + CY[i] * v;
        arriving[i][x] =
            -from[opposite(i)][y][x]
                + 2 * WEIGHT[i] * (1 + 4.5 * along * along - 1.5 * (u * u + v * v));
      }
    }
  }

  /** Sum of the densities of all cells that are not solid. */
  double mass() {
    double mass = 0;
    for (int cell = 0; cell < solid.length; cell++) {
      mass += solid[cell] ? 0 : density(now, cell % width, cell / width);
    }
    return mass;
  }

  /** Velocity along x, [y, x]; 0 in solid cells. */
  double[] velocityX() {
    return velocity(CX);
  }

  /** Velocity along y, [y, x]; 0 in solid cells. */
  double[] velocityY() {
    return velocity(CY);
  }

  private double[] velocity(int[] direction) {
    double[] velocity = new double[solid.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        velocity[y * width + x] =
            solid[y * width + x] ? 0 : momentum(now, direction, x, y) / density(now, x, y);
      }
    }
    return velocity;
  }

  private static double density(double[][][] populations, int x, int y) {
    double sum = 0;
    for (int i = 0; i < POPULATIONS; i++) {
      sum += populations[i][y][x];
    }
    return sum;
  }

  private static double momentum(double[][][] populations, int[] direction, int x, int y) {
    double sum = 0;
    for (int i = 1; i < POPULATIONS; i++) {
      sum += direction[i] * populations[i][y][x];
    }
    return sum;
  }
}
