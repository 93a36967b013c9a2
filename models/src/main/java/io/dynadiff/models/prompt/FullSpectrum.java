package io.dynadiff.models.prompt;

import io.dynadiff.physics.field.FieldShape;

/**
 * The flattened spectrum of a frame as the paper's prompter sees it (section 3.4): real and
 * imaginary parts of the Fourier modes of every channel.
 *
 * <p>Large and small modes differ by orders of magnitude, so a value x is written as sign(x) ln(1 +
 * |x|). On grids with more than {@value #LARGEST_SIDE} points along an axis, only as many of the
 * longest waves are kept: 2 x 32 x 32 numbers per channel at most.
 */
final class FullSpectrum {

  static final int LARGEST_SIDE = 32;

  private FullSpectrum() {}

  /** Number of values of a frame. */
  static int length(FieldShape shape) {
    return shape.channels() * 2 * kept(shape.height()) * kept(shape.width());
  }

  private static int kept(int points) {
    return Math.min(points, LARGEST_SIDE);
  }

  /**
   * Computes the values, axes [channel, y wavenumber, x wavenumber, part].
   *
   * @param frame normalised values
   */
  static float[] of(FieldShape shape, float[] frame) {
    float[] values = new float[length(shape)];
    int at = 0;
    for (int c = 0; c < shape.channels(); c++) {
      Spectrum spectrum = Spectrum.of(shape, Boundary.PERIODIC, frame, null, c);
      for (int row = 0; row < kept(shape.height()); row++) {
        for (int column = 0; column < kept(shape.width()); column++) {
          int y = index(row, shape.height());
          int x = index(column, shape.width());
          values[at++] = compressed(spectrum.real(y, x) * shape.points());
          values[at++] = compressed(spectrum.imaginary(y, x) * shape.points());
        }
      }
    }
    return values;
  }

  /** Index of a kept mode: the lower half of them, then the upper half from the end. */
  private static int index(int place, int points) {
    int kept = kept(points);
    return place < (kept + 1) / 2 ? place : points - kept + place;
  }

  private static float compressed(double value) {
    return (float) (Math.signum(value) * Math.log1p(Math.abs(value)));
  }
}
