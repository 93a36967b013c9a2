package io.dynadiff.physics.spectral;

import java.util.Arrays;

/**
 * Where the modes of {@link DealiasedModes} and their conjugates lie on a transformed grid, axes
 * [ky, kx], complex numbers interleaved.
 *
 * <p>Modes at or beyond the grid's own Nyquist modes have no place there and are left out.
 * Immutable and thread-safe.
 */
public final class ModePlacement {
  private static final int NOWHERE = -1;

  private final int[] place;
  private final int[] conjugatePlace;
  private final int numbers;

  ModePlacement(DealiasedModes modes, int gridPoints) {
    this.numbers = 2 * gridPoints * gridPoints;
    this.place = new int[modes.count()];
    this.conjugatePlace = new int[modes.count()];
    for (int m = 0; m < place.length; m++) {
      int kx = modes.kx(m);
      int ky = modes.ky(m);
      boolean fits = 2 * kx < gridPoints && 2 * Math.abs(ky) < gridPoints;
      place[m] = fits ? 2 * (Math.floorMod(ky, gridPoints) * gridPoints + kx) : NOWHERE;
      conjugatePlace[m] =
          2 * (Math.floorMod(-ky, gridPoints) * gridPoints + Math.floorMod(-kx, gridPoints));
    }
  }

  /** Index of a mode's real part on the grid, negative where it has no place; the rest follows. */
  public int place(int mode) {
    return place[mode];
  }

  /** Index of the real part of the mode's conjugate; meaningful where the mode has a place. */
  public int conjugatePlace(int mode) {
    return conjugatePlace[mode];
  }

  /** Lays out the modes and their conjugates: the transform of a real field. */
  public void scatter(double[] modes, double[] grid) {
    requireGrid(grid);
    Arrays.fill(grid, 0);
    for (int m = 0; m < place.length; m++) {
      int at = place[m];
      if (at == NOWHERE) {
        continue;
      }
      grid[at] = modes[2 * m];
      grid[at + 1] = modes[2 * m + 1];
      grid[conjugatePlace[m]] = modes[2 * m];
      grid[conjugatePlace[m] + 1] = -modes[2 * m + 1];
    }
  }

  /**
   * Lays out the transform of a + i b for two real fields whose modes are i f_y and -i f_x times
   * the given ones, f real and odd in k: one transform then gives both, a as its real part.
   *
   * @param modes interleaved (re, im)
   * @param factors (f_x, f_y) per mode, interleaved
   * @param grid overwritten entirely
   */
  public void scatterPair(double[] modes, double[] factors, double[] grid) {
    requireGrid(grid);
    Arrays.fill(grid, 0);
    for (int m = 0; m < place.length; m++) {
      int at = place[m];
      if (at == NOWHERE) {
        continue;
      }
      double re = modes[2 * m];
      double im = modes[2 * m + 1];
      // i f_y + i (-i f_x) = f_x + i f_y; at -k the factor is its negative and the mode conjugate.
      double x = factors[2 * m];
      double y = factors[2 * m + 1];
      grid[at] = x * re - y * im;
      grid[at + 1] = x * im + y * re;
      grid[conjugatePlace[m]] = -x * re - y * im;
      grid[conjugatePlace[m] + 1] = x * im - y * re;
    }
  }

  private void requireGrid(double[] grid) {
    if (grid.length != numbers) {
      throw new IllegalArgumentException(
          "mode placement: expected a grid of " + numbers + " numbers, found " + grid.length);
    }
  }

  /** The modes of a real field from its transformed grid; mean and dealiased modes are dropped. */
  public double[] gather(double[] grid) {
    double[] modes = new double[2 * place.length];
    for (int m = 0; m < place.length; m++) {
      modes[2 * m] = grid[place[m]];
      modes[2 * m + 1] = grid[place[m] + 1];
    }
    return modes;
  }
}
