package io.dynadiff.models.fno;

import io.dynadiff.physics.field.FieldShape;

/**
 * The wavenumbers that a spectral convolution keeps: ky = firstY .. firstY+rows-1 (slow) and kx = 0
 * .. columns-1 (fast).
 *
 * @param firstY lowest wavenumber along y, not positive
 * @param rows number of wavenumbers along y
 * @param columns number of wavenumbers along x
 */
record Wavenumbers(int firstY, int rows, int columns) {

  /** As many positive as negative wavenumbers along y; {@code rows} is odd. */
  static Wavenumbers symmetric(int rows, int columns) {
    return new Wavenumbers(-(rows - 1) / 2, rows, columns);
  }

  /**
   * As neuraloperator's {@code n_modes} counts them: an even number of rows reaches one further to
   * the negative side (-n/2 .. n/2-1), and n columns stand for the wavenumbers 0 .. n/2.
   */
  static Wavenumbers ofModes(int modesY, int modesX) {
    return new Wavenumbers(-(modesY / 2), modesY, modesX / 2 + 1);
  }

  /** Number of kept wavenumber pairs. */
  int count() {
    return rows * columns;
  }

  int ky(int mode) {
    return firstY + mode / columns;
  }

  int kx(int mode) {
    return mode % columns;
  }

  /** Phase of a mode at a grid point, in radians. */
  double phase(FieldShape shape, int mode, int y, int x) {
    return 2
        * Math.PI
        * ((double) ky(mode) * y / shape.height() + (double) kx(mode) * x / shape.width());
  }

  /**
   * How often a mode counts in the inverse transform: wavenumbers between 0 and the highest one of
   * the grid stand for their complex conjugates too.
   */
  int multiplicity(FieldShape shape, int mode) {
    return kx(mode) == 0 || 2 * kx(mode) == shape.width() ? 1 : 2;
  }
}
