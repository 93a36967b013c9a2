package io.dynadiff.kernels;

import java.util.Arrays;

/**
 * The truncated two-dimensional real DFT of several fields and its inverse, and the adjoints of
 * both, which lead gradients back.
 *
 * <p>A real field is first taken apart along y into its mean, cosines and sines (<em>lines</em>),
 * which are real and few; then each line along x into complex coefficients. Positive and negative
 * wavenumbers along y are sums and differences of those. The forward transform carries the factor
 * 1/(height width), the inverse none; of coefficients that a real field cannot have, the inverse
 * takes the real part of what they stand for.
 *
 * <p>Fields have axes [channel, y, x] with x padded to {@link #paddedWidth()}; coefficients are two
 * planes, real and imaginary, axes [channel, (ky, kx)] padded to {@link #paddedModes()}. Keeps its
 * intermediate results: confined to one thread.
 */
public final class TruncatedFourier {

  /** What sums begin with. */
  private static final float[] NOTHING = {0};

  private final int channels;
  private final int height;
  private final int width;
  private final int paddedWidth;
  private final int stride;
  private final int firstY;
  private final int rows;
  private final int columns;
  private final int paddedModes;
  private final int paddedPairs;
  private final int lines;

  /** Axes [line, y], with the factor 1/height. */
  private final float[] analysisY;

  /** Axes [x, (re/im, kx)], with the factor 1/width; and its transpose. */
  private final float[] analysisX;

  private final float[] analysisXTransposed;

  /** Axes [line, y]. */
  private final float[] synthesisY;

  /** Axes [(re/im, kx), x]; and its transpose. */
  private final float[] synthesisX;

  private final float[] synthesisXTransposed;

  private final float[] lineValues;
  private final float[] lineCoefficients;

  /**
   * @param channels number of fields
   * @param firstY lowest wavenumber along y, not positive
   * @param rows number of wavenumbers along y
   * @param columns number of wavenumbers along x, from 0
   */
  public TruncatedFourier(int channels, int height, int width, int firstY, int rows, int columns) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.paddedWidth = Lanes.padded(width);
    this.stride = height * paddedWidth + Lanes.COUNT;
    this.firstY = firstY;
    this.rows = rows;
    this.columns = columns;
    this.paddedModes = Lanes.padded(rows * columns);
    this.paddedPairs = Lanes.padded(2 * columns);
    this.lines = 2 * Math.max(-firstY, firstY + rows - 1) + 1;
    this.analysisY = alongY(1.0 / height);
    this.synthesisY = alongY(1);
    this.analysisX = new float[paddedWidth * paddedPairs];
    this.analysisXTransposed = new float[2 * columns * paddedWidth];
    this.synthesisX = new float[2 * columns * paddedWidth];
    this.synthesisXTransposed = new float[paddedWidth * paddedPairs];
    for (int k = 0; k < columns; k++) {
      // A wavenumber between 0 and the grid's highest stands for its complex conjugate too.
      int count = k == 0 || 2 * k == width ? 1 : 2;
      for (int x = 0; x < width; x++) {
        double phase = 2 * Math.PI * k * x / width;
        analysisAt(x, k, Math.cos(phase) / width);
        analysisAt(x, columns + k, -Math.sin(phase) / width);
        synthesisAt(k, x, count * Math.cos(phase));
        synthesisAt(columns + k, x, -count * Math.sin(phase));
      }
    }
    this.lineValues = new float[channels * lines * paddedWidth];
    this.lineCoefficients = new float[channels * lines * paddedPairs];
  }

  private float[] alongY(double factor) {
    float[] matrix = new float[lines * height];
    for (int line = 0; line < lines; line++) {
      for (int y = 0; y < height; y++) {
        double phase = 2 * Math.PI * ((line + 1) / 2) * y / height;
        boolean sine = line > 0 && line % 2 == 0;
        matrix[line * height + y] = (float) (factor * (sine ? Math.sin(phase) : Math.cos(phase)));
      }
    }
    return matrix;
  }

  private void analysisAt(int x, int pair, double value) {
    analysisX[x * paddedPairs + pair] = (float) value;
    analysisXTransposed[pair * paddedWidth + x] = (float) value;
  }

  private void synthesisAt(int pair, int x, double value) {
    synthesisX[pair * paddedWidth + x] = (float) value;
    synthesisXTransposed[x * paddedPairs + pair] = (float) value;
  }

  /** Distance from row to row of a field. */
  public int paddedWidth() {
    return paddedWidth;
  }

  /**
   * Distance from channel to channel of fields: one vector more than their points, or all channels
   * would share the same few places of the first cache.
   */
  public int stride() {
    return stride;
  }

  /** Distance from channel to channel of coefficients. */
  public int paddedModes() {
    return paddedModes;
  }

  /** Fields to coefficients. */
  public void analyse(float[] fields, float[] re, float[] im) {
    fieldsToLines(fields, analysisY, analysisX);
    linesToCoefficients(re, im);
  }

  /** Adds to gradients of fields what follows from those of their coefficients. */
  void addAdjointOfAnalysis(float[] re, float[] im, float[] fields) {
    coefficientsToLines(re, im);
    addLinesToFields(analysisXTransposed, analysisY, fields);
  }

  /** Adds the fields that coefficients stand for. */
  public void addSynthesis(float[] re, float[] im, float[] fields) {
    coefficientsToLines(re, im);
    addLinesToFields(synthesisX, synthesisY, fields);
  }

  /** Takes the coefficients whose fields {@link #addRows} adds. */
  void beginSynthesis(float[] re, float[] im) {
    coefficientsToLines(re, im);
    linesAlongX(synthesisX);
  }

  /**
   * Adds some rows of the fields that coefficients stand for.
   *
   * @param fields rows of {@link #paddedWidth()}
   * @param from where the first of these rows lies in channel 0
   * @param fieldStride from channel to channel
   */
  void addRows(int firstRow, int rowCount, float[] fields, int from, int fieldStride) {
    addLines(synthesisY, firstRow, rowCount, fields, from, fieldStride);
  }

  /** Gradients of coefficients from those of the fields they stand for. */
  void adjointOfSynthesis(float[] fields, float[] re, float[] im) {
    fieldsToLines(fields, synthesisY, synthesisXTransposed);
    linesToCoefficients(re, im);
  }

  /** Wavenumber +-k along y is line cos k -+ i times line sin k. */
  private void linesToCoefficients(float[] re, float[] im) {
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < rows; r++) {
        int ky = firstY + r;
        int cosine = lineAt(c, ky == 0 ? 0 : 2 * Math.abs(ky) - 1);
        int sine = lineAt(c, 2 * Math.abs(ky));
        int sign = Integer.signum(ky);
        int to = c * paddedModes + r * columns;
        for (int k = 0; k < columns; k++) {
          re[to + k] = lineCoefficients[cosine + k];
          im[to + k] = lineCoefficients[cosine + columns + k];
          if (sign != 0) {
            re[to + k] += sign * lineCoefficients[sine + columns + k];
            im[to + k] -= sign * lineCoefficients[sine + k];
          }
        }
      }
    }
  }

  /** The transpose of {@link #linesToCoefficients}; for synthesis, too, as both are rotations. */
  private void coefficientsToLines(float[] re, float[] im) {
    Arrays.fill(lineCoefficients, 0);
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < rows; r++) {
        int ky = firstY + r;
        int cosine = lineAt(c, ky == 0 ? 0 : 2 * Math.abs(ky) - 1);
        int sine = lineAt(c, 2 * Math.abs(ky));
        int sign = Integer.signum(ky);
        int from = c * paddedModes + r * columns;
        for (int k = 0; k < columns; k++) {
          lineCoefficients[cosine + k] += re[from + k];
          lineCoefficients[cosine + columns + k] += im[from + k];
          if (sign != 0) {
            lineCoefficients[sine + columns + k] += sign * re[from + k];
            lineCoefficients[sine + k] -= sign * im[from + k];
          }
        }
      }
    }
  }

  private int lineAt(int channel, int line) {
    return (channel * lines + line) * paddedPairs;
  }

  private void fieldsToLines(float[] fields, float[] matrixY, float[] matrixX) {
    for (int c = 0; c < channels; c++) {
      Products.assign(
          lines,
          paddedWidth,
          height,
          matrixY,
          0,
          height,
          1,
          fields,
          c * stride,
          paddedWidth,
          NOTHING,
          0,
          0,
          lineValues,
          c * lines * paddedWidth,
          paddedWidth);
    }
    Products.assign(
        channels * lines,
        paddedPairs,
        width,
        lineValues,
        0,
        paddedWidth,
        1,
        matrixX,
        0,
        paddedPairs,
        NOTHING,
        0,
        0,
        lineCoefficients,
        0,
        paddedPairs);
  }

  private void addLinesToFields(float[] matrixX, float[] matrixY, float[] fields) {
    linesAlongX(matrixX);
    addLines(matrixY, 0, height, fields, 0, stride);
  }

  private void linesAlongX(float[] matrixX) {
    Products.assign(
        channels * lines,
        paddedWidth,
        2 * columns,
        lineCoefficients,
        0,
        paddedPairs,
        1,
        matrixX,
        0,
        paddedWidth,
        NOTHING,
        0,
        0,
        lineValues,
        0,
        paddedWidth);
  }

  private void addLines(
      float[] matrixY, int firstRow, int rowCount, float[] fields, int from, int fieldStride) {
    for (int c = 0; c < channels; c++) {
      Products.add(
          rowCount,
          paddedWidth,
          lines,
          matrixY,
          firstRow,
          1,
          height,
          lineValues,
          c * lines * paddedWidth,
          paddedWidth,
          fields,
          from + c * fieldStride,
          paddedWidth);
    }
  }
}
