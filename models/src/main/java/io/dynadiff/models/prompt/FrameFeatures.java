package io.dynadiff.models.prompt;

import io.dynadiff.physics.field.FieldShape;

/**
 * Features of one frame and its change since the frame before it, on normalised values.
 *
 * <p>The spectral features are, in this order: the low modes of every channel (see {@link
 * Boundary}) and of its change; then, invariant to where the pattern sits in a periodic domain, for
 * each pair of channels (c, c') the covariance of c with the change of c' in {@value #BANDS}
 * wavenumber bands divided by the frame's energy; the share of each channel and band in the energy;
 * and the second and fourth moments of the amplitude. Everything that needs a predecessor is zero
 * without one. Wavenumbers count waves per shorter side of the domain.
 *
 * @param statistics mean over space of: value, squared deviation, square, squared gradient; summed
 *     over channels
 * @param spectral the spectral features
 * @param lowModes number of leading entries of {@code spectral} that are low modes, changes
 *     included
 * @param channels number of channels
 */
public record FrameFeatures(float[] statistics, float[] spectral, int lowModes, int channels) {

  /** Number of statistics of one frame. */
  public static final int STATISTICS = 4;

  static final int BANDS = 5;
  private static final int LOW = 2;
  private static final int MODES = (2 * LOW + 1) * (LOW + 1);

  /** Number of leading spectral features that are low modes of the frame and of its change. */
  static int lowModeFeatures(int channels) {
    return channels * MODES * 4;
  }

  /** Number of spectral features of a frame with so many channels. */
  public static int spectralFeatures(int channels) {
    return lowModeFeatures(channels) + channels * channels * BANDS + channels * BANDS + 2;
  }

  /**
   * Computes the features of a frame.
   *
   * @param shape shape of the fields, axes [channel, y, x]
   * @param frame normalised values
   * @param previous normalised values one interval earlier, or null if unknown
   * @param boundary how spectra treat the edges
   */
  public static FrameFeatures of(
      FieldShape shape, float[] frame, float[] previous, Boundary boundary) {
    int channels = shape.channels();
    Spectrum[] spectrum = new Spectrum[channels];
    Spectrum[] change = new Spectrum[channels];
    for (int c = 0; c < channels; c++) {
      spectrum[c] = Spectrum.of(shape, boundary, frame, null, c);
      change[c] = previous == null ? null : Spectrum.of(shape, boundary, frame, previous, c);
    }
    float[] spectral = new float[spectralFeatures(channels)];
    int lowModes = lowModeFeatures(channels);
    int at = 0;
    for (int c = 0; c < channels; c++) {
      at = spectrum[c].writeLowModes(LOW, spectral, at);
    }
    for (int c = 0; c < channels; c++) {
      at = previous == null ? at + 2 * MODES : change[c].writeLowModes(LOW, spectral, at);
    }
    bands(shape, boundary, spectrum, change, spectral, at);
    moments(shape, frame, spectral);
    return new FrameFeatures(statistics(shape, frame), spectral, lowModes, channels);
  }

  /** The spectral features with everything that needs a predecessor set to zero. */
  float[] withoutPredecessor() {
    float[] alone = spectral.clone();
    java.util.Arrays.fill(alone, lowModes / 2, lowModes, 0f);
    java.util.Arrays.fill(alone, lowModes, lowModes + channels * channels * BANDS, 0f);
    return alone;
  }

  private static void bands(
      FieldShape shape,
      Boundary boundary,
      Spectrum[] spectrum,
      Spectrum[] change,
      float[] into,
      int at) {
    int channels = shape.channels();
    double[] covariance = new double[channels * channels * BANDS];
    double[] power = new double[channels * BANDS];
    double energy = 1e-12;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        int band = band(Spectrum.wavenumber(shape, boundary, y, x));
        for (int c = 0; c < channels; c++) {
          double re = spectrum[c].real(y, x);
          double im = spectrum[c].imaginary(y, x);
          power[c * BANDS + band] += re * re + im * im;
          energy += re * re + im * im;
          for (int d = 0; d < channels && change[d] != null; d++) {
            covariance[(c * channels + d) * BANDS + band] +=
                re * change[d].real(y, x) + im * change[d].imaginary(y, x);
          }
        }
      }
    }
    for (double value : covariance) {
      into[at++] = (float) (value / energy);
    }
    for (double value : power) {
      into[at++] = (float) (value / energy);
    }
  }

  /** Bands of |k|: 0, (0, 1.5), [1.5, 3), [3, 6), [6, inf). */
  private static int band(double wavenumber) {
    if (wavenumber == 0) {
      return 0;
    }
    return wavenumber < 1.5 ? 1 : wavenumber < 3 ? 2 : wavenumber < 6 ? 3 : 4;
  }

  private static void moments(FieldShape shape, float[] frame, float[] into) {
    double second = 0;
    double fourth = 0;
    for (int p = 0; p < shape.points(); p++) {
      double square = 0;
      for (int c = 0; c < shape.channels(); c++) {
        double value = frame[c * shape.points() + p];
        square += value * value;
      }
      second += square;
      fourth += square * square;
    }
    into[into.length - 2] = (float) (second / shape.points());
    into[into.length - 1] = (float) (fourth / shape.points());
  }

  /** The statistics alone. */
  static float[] statistics(FieldShape shape, float[] frame) {
    double[] sums = new double[STATISTICS];
    for (int c = 0; c < shape.channels(); c++) {
      double mean = 0;
      double square = 0;
      double gradient = 0;
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          int i = (c * shape.height() + y) * shape.width() + x;
          double value = frame[i];
          mean += value;
          square += value * value;
          if (x + 1 < shape.width()) {
            gradient += Math.pow(frame[i + 1] - value, 2);
          }
          if (y + 1 < shape.height()) {
            gradient += Math.pow(frame[i + shape.width()] - value, 2);
          }
        }
      }
      mean /= shape.points();
      square /= shape.points();
      sums[0] += mean;
      sums[1] += square - mean * mean;
      sums[2] += square;
      sums[3] += gradient / shape.points();
    }
    float[] statistics = new float[STATISTICS];
    for (int s = 0; s < STATISTICS; s++) {
      statistics[s] = (float) sums[s];
    }
    return statistics;
  }
}
