package io.dynadiff.models.fno;

/**
 * The wavenumbers that a spectral convolution keeps: ky = firstY .. firstY+rows-1 and kx = 0 ..
 * columns-1.
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
}
