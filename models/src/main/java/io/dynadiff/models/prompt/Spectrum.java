package io.dynadiff.models.prompt;

import io.dynadiff.physics.field.FieldShape;
import org.jtransforms.dct.DoubleDCT_1D;
import org.jtransforms.dct.DoubleDCT_2D;
import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.fft.DoubleFFT_2D;

/**
 * Spectrum of one channel of a frame or of the change between two, scaled so that the squared
 * absolute values add up to the mean square over space.
 *
 * <p>Works for every grid; an axis with a single point has one mode.
 */
final class Spectrum {

  private final int height;
  private final int width;
  private final Boundary boundary;

  /** Interleaved (re, im); the cosine transform has no imaginary part. */
  private final double[] values;

  private Spectrum(FieldShape shape, Boundary boundary, double[] values) {
    this.height = shape.height();
    this.width = shape.width();
    this.boundary = boundary;
    this.values = values;
  }

  /**
   * Transforms a channel.
   *
   * @param previous subtracted first; null for nothing
   */
  static Spectrum of(
      FieldShape shape, Boundary boundary, float[] frame, float[] previous, int channel) {
    int points = shape.points();
    double[] plain = new double[points];
    double scale = boundary == Boundary.PERIODIC ? 1.0 / points : 1 / Math.sqrt(points);
    for (int p = 0; p < points; p++) {
      int i = channel * points + p;
      plain[p] = scale * (previous == null ? frame[i] : frame[i] - previous[i]);
    }
    boolean plane = shape.height() > 1 && shape.width() > 1;
    if (boundary == Boundary.BOUNDED) {
      if (plane) {
        new DoubleDCT_2D(shape.height(), shape.width()).forward(plain, true);
      } else if (points > 1) {
        new DoubleDCT_1D(points).forward(plain, true);
      }
    }
    double[] values = new double[2 * points];
    for (int p = 0; p < points; p++) {
      values[2 * p] = plain[p];
    }
    if (boundary == Boundary.PERIODIC) {
      if (plane) {
        new DoubleFFT_2D(shape.height(), shape.width()).complexForward(values);
      } else if (points > 1) {
        new DoubleFFT_1D(points).complexForward(values);
      }
    }
    return new Spectrum(shape, boundary, values);
  }

  /** Real part of the mode at indices y, x. */
  double real(int y, int x) {
    return values[2 * (y * width + x)];
  }

  /** Imaginary part of the mode at indices y, x. */
  double imaginary(int y, int x) {
    return values[2 * (y * width + x) + 1];
  }

  /**
   * Absolute wavenumber of the mode at indices y, x, in waves per shorter side of the domain, whose
   * cells are taken to be square.
   */
  static double wavenumber(FieldShape shape, Boundary boundary, int y, int x) {
    int side =
        shape.height() == 1
            ? shape.width()
            : shape.width() == 1 ? shape.height() : Math.min(shape.height(), shape.width());
    double ky = waves(boundary, y, shape.height()) * side / shape.height();
    double kx = waves(boundary, x, shape.width()) * side / shape.width();
    return Math.sqrt(ky * ky + kx * kx);
  }

  private static double waves(Boundary boundary, int index, int points) {
    if (boundary == Boundary.BOUNDED) {
      return index / 2.0;
    }
    return index <= points / 2 ? index : index - points;
  }

  /**
   * Writes the longest waves: Fourier modes (re, im) of wavenumbers -low..low by 0..low, or as many
   * numbers, the cosine modes 0..2 low by 0..2 low + 1. Modes that the grid does not have are zero.
   *
   * @return where the next value belongs
   */
  int writeLowModes(int low, float[] into, int at) {
    if (boundary == Boundary.BOUNDED) {
      for (int y = 0; y <= 2 * low; y++) {
        for (int x = 0; x <= 2 * low + 1; x++) {
          into[at++] = y < height && x < width ? (float) real(y, x) : 0;
        }
      }
      return at;
    }
    for (int ky = -low; ky <= low; ky++) {
      for (int kx = 0; kx <= low; kx++) {
        boolean there = 2 * Math.abs(ky) <= height && 2 * kx <= width;
        int y = Math.floorMod(ky, height);
        into[at++] = there ? (float) real(y, kx) : 0;
        into[at++] = there ? (float) imaginary(y, kx) : 0;
      }
    }
    return at;
  }
}
