package io.dynadiff.models.fno;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.physics.field.FieldShape;

/**
 * The truncated two-dimensional real DFT as two constant matrices.
 *
 * <p>Exact for the kept wavenumbers, differentiable by any engine that multiplies matrices, and at
 * these grid sizes quicker than a complex FFT. Wavenumbers are ky = -(modesY-1)/2 .. (modesY-1)/2
 * (slow) and kx = 0 .. modesX-1 (fast). The forward transform carries the factor 1/(height width),
 * the inverse none, as in neuraloperator.
 */
final class FourierBasis {

  private FourierBasis() {}

  /** Field to coefficients: axes [point, 2 * mode], first all real parts, then all imaginary. */
  public static float[] analysis(ExpertSpec spec) {
    int height = spec.fieldShape().height();
    int width = spec.fieldShape().width();
    FnoSizes sizes = FnoSizes.of(spec);
    int modes = sizes.modes();
    float[] matrix = new float[height * width * 2 * modes];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = (y * width + x) * 2 * modes;
        for (int m = 0; m < modes; m++) {
          double angle = angle(spec.fieldShape(), sizes, m, y, x);
          matrix[row + m] = (float) (Math.cos(angle) / (height * width));
          matrix[row + modes + m] = (float) (-Math.sin(angle) / (height * width));
        }
      }
    }
    return matrix;
  }

  /** Coefficients to field, its transpose but for the factor: axes [2 * mode, point]. */
  public static float[] synthesis(ExpertSpec spec) {
    int height = spec.fieldShape().height();
    int width = spec.fieldShape().width();
    int points = height * width;
    FnoSizes sizes = FnoSizes.of(spec);
    int modes = sizes.modes();
    float[] matrix = new float[2 * modes * points];
    for (int m = 0; m < modes; m++) {
      // Wavenumbers with kx > 0 stand for their complex conjugates too.
      double weight = m % sizes.modesX() == 0 ? 1 : 2;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double angle = angle(spec.fieldShape(), sizes, m, y, x);
          matrix[m * points + y * width + x] = (float) (weight * Math.cos(angle));
          matrix[(modes + m) * points + y * width + x] = (float) (-weight * Math.sin(angle));
        }
      }
    }
    return matrix;
  }

  private static double angle(FieldShape shape, FnoSizes sizes, int mode, int y, int x) {
    int ky = mode / sizes.modesX() - (sizes.modesY() - 1) / 2;
    int kx = mode % sizes.modesX();
    return 2 * Math.PI * ((double) ky * y / shape.height() + (double) kx * x / shape.width());
  }
}
