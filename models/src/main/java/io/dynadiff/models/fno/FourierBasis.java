package io.dynadiff.models.fno;

import io.dynadiff.physics.field.FieldShape;

/**
 * The truncated two-dimensional real DFT as four constant matrices, one for each direction along
 * each axis.
 *
 * <p>Exact for the kept wavenumbers, differentiable by any engine that multiplies matrices, and at
 * these grid sizes quicker than a complex FFT. Complex numbers are pairs (all real parts, then all
 * imaginary parts). The forward transform carries the factor 1/(height width), the inverse none, as
 * in neuraloperator. Of coefficients that a real field cannot have (an imaginary part at kx = 0 or
 * at the grid's highest kx) the inverse takes the real part of what they stand for, as an inverse
 * real FFT does.
 */
final class FourierBasis {

  private FourierBasis() {}

  /** Real lines along x to coefficients: axes [x, (re/im, kx)]. */
  static float[] analysisX(FieldShape shape, Wavenumbers wavenumbers) {
    int width = shape.width();
    int columns = wavenumbers.columns();
    float[] matrix = new float[width * 2 * columns];
    for (int x = 0; x < width; x++) {
      for (int k = 0; k < columns; k++) {
        double phase = 2 * Math.PI * k * x / width;
        matrix[x * 2 * columns + k] = (float) (Math.cos(phase) / width);
        matrix[(x * 2 + 1) * columns + k] = (float) (-Math.sin(phase) / width);
      }
    }
    return matrix;
  }

  /** Complex lines along y to coefficients: axes [(re/im, y), (re/im, ky)]. */
  static float[] analysisY(FieldShape shape, Wavenumbers wavenumbers) {
    int height = shape.height();
    int rows = wavenumbers.rows();
    float[] matrix = new float[2 * height * 2 * rows];
    for (int y = 0; y < height; y++) {
      for (int r = 0; r < rows; r++) {
        double phase = phaseY(shape, wavenumbers, r, y);
        rotation(matrix, y, height, r, rows, -phase, 1.0 / height);
      }
    }
    return matrix;
  }

  /** Coefficients to complex lines along y: axes [(re/im, ky), (re/im, y)]. */
  static float[] synthesisY(FieldShape shape, Wavenumbers wavenumbers) {
    int height = shape.height();
    int rows = wavenumbers.rows();
    float[] matrix = new float[2 * rows * 2 * height];
    for (int r = 0; r < rows; r++) {
      for (int y = 0; y < height; y++) {
        rotation(matrix, r, rows, y, height, phaseY(shape, wavenumbers, r, y), 1);
      }
    }
    return matrix;
  }

  /** Coefficients to real lines along x: axes [(re/im, kx), x]. */
  static float[] synthesisX(FieldShape shape, Wavenumbers wavenumbers) {
    int width = shape.width();
    int columns = wavenumbers.columns();
    float[] matrix = new float[2 * columns * width];
    for (int k = 0; k < columns; k++) {
      // A wavenumber between 0 and the grid's highest stands for its complex conjugate too.
      int count = k == 0 || 2 * k == width ? 1 : 2;
      for (int x = 0; x < width; x++) {
        double phase = 2 * Math.PI * k * x / width;
        matrix[k * width + x] = (float) (count * Math.cos(phase));
        matrix[(columns + k) * width + x] = (float) (-count * Math.sin(phase));
      }
    }
    return matrix;
  }

  private static double phaseY(FieldShape shape, Wavenumbers wavenumbers, int row, int y) {
    return 2 * Math.PI * (wavenumbers.firstY() + row) * y / shape.height();
  }

  /** Enters the real 2x2 block of a product with {@code factor * exp(i phase)}. */
  private static void rotation(
      float[] matrix, int from, int froms, int to, int tos, double phase, double factor) {
    float re = (float) (factor * Math.cos(phase));
    float im = (float) (factor * Math.sin(phase));
    matrix[from * 2 * tos + to] = re;
    matrix[(from * 2 + 1) * tos + to] = im;
    matrix[(froms + from) * 2 * tos + to] = -im;
    matrix[((froms + from) * 2 + 1) * tos + to] = re;
  }
}
