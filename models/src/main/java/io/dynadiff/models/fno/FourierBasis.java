package io.dynadiff.models.fno;

import io.dynadiff.physics.field.FieldShape;

/**
 * The truncated two-dimensional real DFT as two constant matrices.
 *
 * <p>Exact for the kept wavenumbers, differentiable by any engine that multiplies matrices, and at
 * these grid sizes quicker than a complex FFT. The forward transform carries the factor 1/(height
 * width), the inverse none, as in neuraloperator. Of coefficients that a real field cannot have (an
 * imaginary part at kx = 0 or at the grid's highest kx) the inverse takes the real part of what
 * they stand for, as an inverse real FFT does.
 */
final class FourierBasis {

  private FourierBasis() {}

  /** Field to coefficients: axes [point, 2 * mode], first all real parts, then all imaginary. */
  static float[] analysis(FieldShape shape, Wavenumbers wavenumbers) {
    int modes = wavenumbers.count();
    int points = shape.points();
    float[] matrix = new float[points * 2 * modes];
    for (int p = 0; p < points; p++) {
      int row = p * 2 * modes;
      for (int m = 0; m < modes; m++) {
        double phase = wavenumbers.phase(shape, m, p / shape.width(), p % shape.width());
        matrix[row + m] = (float) (Math.cos(phase) / points);
        matrix[row + modes + m] = (float) (-Math.sin(phase) / points);
      }
    }
    return matrix;
  }

  /** Coefficients to field, its transpose but for the factor: axes [2 * mode, point]. */
  static float[] synthesis(FieldShape shape, Wavenumbers wavenumbers) {
    int modes = wavenumbers.count();
    int points = shape.points();
    float[] matrix = new float[2 * modes * points];
    for (int m = 0; m < modes; m++) {
      int count = wavenumbers.multiplicity(shape, m);
      for (int p = 0; p < points; p++) {
        double phase = wavenumbers.phase(shape, m, p / shape.width(), p % shape.width());
        matrix[m * points + p] = (float) (count * Math.cos(phase));
        matrix[(modes + m) * points + p] = (float) (-count * Math.sin(phase));
      }
    }
    return matrix;
  }
}
