package io.dynadiff.physics.spectral;

/**
 * The Fourier modes of a real field of zero mean that the 2/3 rule keeps on a periodic square: |kx|
 * and |ky| up to the largest K with 3 K below the number of points, so that a product of two such
 * fields aliases onto none of them.
 *
 * <p>A real field's modes come in conjugate pairs, of which one is stored: kx above 0, or kx = 0
 * and ky above 0. Arrays of modes are interleaved (re, im) in the order of {@link #kx} and {@link
 * #ky}; the field is the sum over both of each pair of mode times exp(2 pi i (kx x + ky y) /
 * points). Immutable and thread-safe.
 */
public final class DealiasedModes {
  private final int points;
  private final int cutoff;
  private final int[] kx;
  private final int[] ky;

  /** Modes of a grid of points x points, points at least 4. */
  public DealiasedModes(int points) {
    if (points < 4) {
      throw new IllegalArgumentException(
          "dealiased modes: expected at least 4 points per side, found " + points);
    }
    this.points = points;
    this.cutoff = (points - 1) / 3;
    int count = cutoff * (2 * cutoff + 1) + cutoff;
    this.kx = new int[count];
    this.ky = new int[count];
    int next = 0;
    for (int y = -cutoff; y <= cutoff; y++) {
      for (int x = y > 0 ? 0 : 1; x <= cutoff; x++) {
        kx[next] = x;
        ky[next++] = y;
      }
    }
  }

  /** Grid points per side. */
  public int points() {
    return points;
  }

  /** Largest wavenumber kept along each axis, in periods per side. */
  public int cutoff() {
    return cutoff;
  }

  /** Number of stored modes, one of each conjugate pair. */
  public int count() {
    return kx.length;
  }

  /** Periods along x of a mode, 0 to {@link #cutoff()}. */
  public int kx(int mode) {
    return kx[mode];
  }

  /** Periods along y of a mode, from minus to plus {@link #cutoff()}. */
  public int ky(int mode) {
    return ky[mode];
  }

  /** Where the modes lie on a transformed grid of gridPoints per side. */
  public ModePlacement on(int gridPoints) {
    return new ModePlacement(this, gridPoints);
  }
}
