package io.dynadiff.kernels;

import java.util.Arrays;

/**
 * What {@link FnoPass} computes forward, for those who need no way back: slopes are not kept, and
 * what lies between two channel maps exists for one band of rows at a time.
 *
 * <p>A band of every channel fits the processor's second cache where whole fields do not (at 64 x
 * 64 and width 64 the hidden channels of the lifting alone are two megabytes). Each band of a block
 * is finished at once: skip, inverse transform, bias, GELU and the map over channels. Confined to
 * one thread.
 */
public final class FnoStep {

  /** Points of a band: 128 channels of as many floats are 256 KiB. */
  private static final int BAND_POINTS = 512;

  private final FnoSizes sizes;
  private final TruncatedFourier fourier;
  private final int rowLength;

  /** From channel to channel, of whole fields and of bands. */
  private final int stride;

  private final int bandStride;
  private final int bandRows;

  private final float[] input;
  private float[] state;
  private float[] next;
  private final float[] output;

  /** Bands. */
  private final float[] wide;

  private final float[] middle;
  private final float[] inner;

  private final float[] re;
  private final float[] im;
  private final float[] outRe;
  private final float[] outIm;

  /** Makes all arrays. */
  public FnoStep(FnoSizes sizes) {
    this.sizes = sizes;
    int hidden = sizes.hidden();
    this.fourier =
        new TruncatedFourier(
            hidden, sizes.height(), sizes.width(), sizes.firstY(), sizes.rows(), sizes.columns());
    this.rowLength = fourier.paddedWidth();
    this.stride = fourier.stride();
    this.bandRows = Math.min(sizes.height(), Math.max(1, BAND_POINTS / rowLength));
    this.bandStride = bandRows * rowLength + Lanes.COUNT;
    this.input = new float[sizes.inputs() * stride];
    this.state = new float[hidden * stride];
    this.next = new float[hidden * stride];
    this.output = new float[sizes.channels() * stride];
    this.wide = new float[sizes.wide() * bandStride];
    this.middle = new float[sizes.narrow() > 0 ? hidden * bandStride : 0];
    this.inner = new float[sizes.narrow() * bandStride];
    int modes = hidden * fourier.paddedModes();
    this.re = new float[modes];
    this.im = new float[modes];
    this.outRe = new float[modes];
    this.outIm = new float[modes];
    for (int c = 0; c < sizes.constants().length; c++) {
      pack(sizes.constants()[c], 0, (sizes.channels() + c) * stride);
    }
  }

  /** Runs the network on one field, see {@link FnoPass#forward}. */
  public void forward(
      FnoWeights weights,
      float[] field,
      int from,
      int fieldStride,
      float clockSine,
      float clockCosine,
      float[] change) {
    for (int c = 0; c < sizes.channels(); c++) {
      pack(field, from + c * fieldStride, c * stride);
    }
    if (sizes.clock()) {
      int points = sizes.height() * rowLength;
      int at = (sizes.inputs() - 2) * stride;
      Arrays.fill(input, at, at + points, clockSine);
      Arrays.fill(input, at + stride, at + stride + points, clockCosine);
    }
    float[] flat = weights.flat();
    for (int row = 0; row < sizes.height(); row += bandRows) {
      lift(flat, row * rowLength, rows(row) * rowLength);
    }
    for (int layer = 0; layer < sizes.layers(); layer++) {
      fourier.analyse(state, re, im);
      weights.spectral(layer).apply(re, im, outRe, outIm);
      fourier.beginSynthesis(outRe, outIm);
      for (int row = 0; row < sizes.height(); row += bandRows) {
        block(flat, layer, row);
      }
      float[] done = state;
      state = next;
      next = done;
    }
    for (int row = 0; row < sizes.height(); row += bandRows) {
      project(flat, row * rowLength, rows(row) * rowLength);
    }
    for (int c = 0; c < sizes.channels(); c++) {
      unpack(c * stride, change, c * sizes.height() * sizes.width());
    }
  }

  /** Rows of the band that begins with one. */
  private int rows(int row) {
    return Math.min(bandRows, sizes.height() - row);
  }

  private void lift(float[] flat, int at, int points) {
    int inputs = sizes.inputs();
    affine(
        flat, 0, inputs + 1, sizes.wide(), inputs, input, at, stride, wide, 0, bandStride, points);
    Gelu.apply(wide, 0, wide.length);
    affine(
        flat,
        sizes.lifting1(),
        sizes.wide() + 1,
        sizes.hidden(),
        sizes.wide(),
        wide,
        0,
        bandStride,
        state,
        at,
        stride,
        points);
  }

  private void project(float[] flat, int at, int points) {
    int hidden = sizes.hidden();
    affine(
        flat,
        sizes.projection0(),
        hidden + 1,
        sizes.wide(),
        hidden,
        state,
        at,
        stride,
        wide,
        0,
        bandStride,
        points);
    Gelu.apply(wide, 0, wide.length);
    affine(
        flat,
        sizes.projection1(),
        sizes.wide() + 1,
        sizes.channels(),
        sizes.wide(),
        wide,
        0,
        bandStride,
        output,
        at,
        stride,
        points);
  }

  private void block(float[] flat, int layer, int row) {
    int hidden = sizes.hidden();
    int at = row * rowLength;
    int points = rows(row) * rowLength;
    int features = sizes.convolutionFeatures();
    int skip = sizes.convolution(layer) + features - hidden - 1;
    boolean mapped = sizes.narrow() > 0;
    boolean last = layer == sizes.layers() - 1;
    float[] v = mapped ? middle : next;
    int vAt = mapped ? 0 : at;
    int vStride = mapped ? bandStride : stride;
    affine(flat, skip, features, hidden, hidden, state, at, stride, v, vAt, vStride, points);
    fourier.addRows(row, rows(row), v, vAt, vStride);
    if (!last) {
      gelu(v, vAt, vStride, points);
    }
    if (mapped) {
      mapChannels(flat, layer, at, points);
      if (!last) {
        gelu(next, at, stride, points);
      }
    }
  }

  private void mapChannels(float[] flat, int layer, int at, int points) {
    int hidden = sizes.hidden();
    int narrow = sizes.narrow();
    affine(
        flat,
        sizes.map0(layer),
        hidden + 1,
        narrow,
        hidden,
        middle,
        0,
        bandStride,
        inner,
        0,
        bandStride,
        points);
    Gelu.apply(inner, 0, inner.length);
    int map1 = sizes.map1(layer);
    affine(flat, map1, narrow + 2, hidden, narrow, inner, 0, bandStride, next, at, stride, points);
    for (int c = 0; c < hidden; c++) {
      float gate = flat[map1 + (c + 1) * (narrow + 2) - 1];
      int begin = c * stride + at;
      for (int p = begin; p < begin + points; p++) {
        next[p] += gate * state[p];
      }
    }
  }

  private void gelu(float[] values, int at, int channelStride, int points) {
    for (int c = 0; c < sizes.hidden(); c++) {
      Gelu.apply(values, c * channelStride + at, points);
    }
  }

  private static void affine(
      float[] flat,
      int from,
      int row,
      int outs,
      int ins,
      float[] in,
      int inAt,
      int inStride,
      float[] out,
      int outAt,
      int outStride,
      int points) {
    int bias = from + ins;
    Products.assign(
        outs, points, ins, flat, from, row, 1, in, inAt, inStride, flat, bias, row, out, outAt,
        outStride);
  }

  private void pack(float[] dense, int from, int to) {
    for (int y = 0; y < sizes.height(); y++) {
      System.arraycopy(dense, from + y * sizes.width(), input, to + y * rowLength, sizes.width());
    }
  }

  private void unpack(int from, float[] dense, int to) {
    for (int y = 0; y < sizes.height(); y++) {
      System.arraycopy(output, from + y * rowLength, dense, to + y * sizes.width(), sizes.width());
    }
  }
}
