package io.dynadiff.kernels;

import java.util.Arrays;

/**
 * One forward pass of a Fourier neural operator over one field, and the way back through it.
 *
 * <p>Lifting (two 1x1 maps with a GELU between), blocks, projection (two 1x1 maps with a GELU
 * between). A block is {@code v = K u + W u + b}, optionally followed by a map over channels {@code
 * M GELU(v) + g u}; every block but the last ends with a GELU, and only those have the one inside.
 * All activations of a pass stay in arrays that are made once and fit the processor's second cache
 * at the sizes of experts. Confined to one thread.
 */
public final class FnoPass {

  private final FnoSizes sizes;
  private final int rowLength;
  private final int points;

  /** From channel to channel. */
  private final int stride;

  private final TruncatedFourier fourier;

  private final float[] input;
  private final float[] lifted;
  private final float[] liftedSlope;

  /** Input of every block and of the projection, axes [block, channel, point]. */
  private final float[][] state;

  /** Slope of the last GELU of a block. */
  private final float[][] slope;

  private final float[][] re;
  private final float[][] im;

  /** Of a block with a map over channels: what enters it, and its hidden channels. */
  private final float[][] mapped;

  private final float[][] mappedSlope;
  private final float[][] inner;
  private final float[][] innerSlope;

  private final float[] projected;
  private final float[] projectedSlope;
  private final float[] output;

  private final float[] outRe;
  private final float[] outIm;

  private final float[] wideGradient;
  private final float[] narrowGradient;
  private final float[] outputGradient;
  private float[] gradient;
  private float[] nextGradient;
  private final float[] middleGradient;
  private final float[] inputGradient;

  /** Makes all arrays. */
  public FnoPass(FnoSizes sizes) {
    this.sizes = sizes;
    int hidden = sizes.hidden();
    int layers = sizes.layers();
    this.fourier =
        new TruncatedFourier(
            hidden, sizes.height(), sizes.width(), sizes.firstY(), sizes.rows(), sizes.columns());
    this.rowLength = fourier.paddedWidth();
    this.points = sizes.height() * rowLength;
    this.stride = fourier.stride();
    int modes = hidden * fourier.paddedModes();
    this.input = new float[sizes.inputs() * stride];
    this.lifted = new float[sizes.wide() * stride];
    this.liftedSlope = new float[sizes.wide() * stride];
    this.state = new float[layers + 1][hidden * stride];
    this.slope = new float[layers][hidden * stride];
    this.re = new float[layers][modes];
    this.im = new float[layers][modes];
    boolean map = sizes.narrow() > 0;
    this.mapped = new float[layers][map ? hidden * stride : 0];
    this.mappedSlope = new float[layers][map ? hidden * stride : 0];
    this.inner = new float[layers][sizes.narrow() * stride];
    this.innerSlope = new float[layers][sizes.narrow() * stride];
    this.projected = new float[sizes.wide() * stride];
    this.projectedSlope = new float[sizes.wide() * stride];
    this.output = new float[sizes.channels() * stride];
    this.outRe = new float[modes];
    this.outIm = new float[modes];
    this.wideGradient = new float[sizes.wide() * stride];
    this.narrowGradient = new float[sizes.narrow() * stride];
    this.outputGradient = new float[sizes.channels() * stride];
    this.gradient = new float[hidden * stride];
    this.nextGradient = new float[hidden * stride];
    this.middleGradient = new float[hidden * stride];
    this.inputGradient = new float[sizes.inputs() * stride];
    for (int c = 0; c < sizes.constants().length; c++) {
      pack(sizes.constants()[c], 0, input, (sizes.channels() + c) * stride);
    }
  }

  /**
   * Runs the network on one field.
   *
   * @param field normalised values, axes [channel, y, x]
   * @param from where channel 0 begins
   * @param fieldStride from channel to channel
   * @param clockSine sine of the external cycle; ignored without a clock
   * @param clockCosine its cosine
   * @param change receives what the network predicts, axes [channel, y, x], dense
   */
  public void forward(
      FnoWeights weights,
      float[] field,
      int from,
      int fieldStride,
      float clockSine,
      float clockCosine,
      float[] change) {
    for (int c = 0; c < sizes.channels(); c++) {
      pack(field, from + c * fieldStride, input, c * stride);
    }
    if (sizes.clock()) {
      int at = (sizes.inputs() - 2) * stride;
      Arrays.fill(input, at, at + points, clockSine);
      Arrays.fill(input, at + stride, at + stride + points, clockCosine);
    }
    float[] flat = weights.flat();
    int hidden = sizes.hidden();
    int wide = sizes.wide();
    affine(flat, 0, sizes.inputs() + 1, wide, sizes.inputs(), input, lifted);
    Gelu.apply(lifted, 0, liftedSlope, 0, lifted.length);
    affine(flat, sizes.lifting1(), wide + 1, hidden, wide, lifted, state[0]);
    for (int l = 0; l < sizes.layers(); l++) {
      block(weights, l);
    }
    affine(flat, sizes.projection0(), hidden + 1, wide, hidden, state[sizes.layers()], projected);
    Gelu.apply(projected, 0, projectedSlope, 0, projected.length);
    affine(flat, sizes.projection1(), wide + 1, sizes.channels(), wide, projected, output);
    for (int c = 0; c < sizes.channels(); c++) {
      unpack(output, c * stride, change, c * sizes.height() * sizes.width());
    }
  }

  private void block(FnoWeights weights, int l) {
    float[] flat = weights.flat();
    int hidden = sizes.hidden();
    int narrow = sizes.narrow();
    boolean last = l == sizes.layers() - 1;
    float[] u = state[l];
    float[] v = narrow > 0 ? mapped[l] : state[l + 1];
    int features = sizes.convolutionFeatures();
    int skip = sizes.convolution(l) + features - hidden - 1;
    affine(flat, skip, features, hidden, hidden, u, v);
    fourier.analyse(u, re[l], im[l]);
    weights.spectral(l).apply(re[l], im[l], outRe, outIm);
    fourier.addSynthesis(outRe, outIm, v);
    if (narrow == 0) {
      if (!last) {
        Gelu.apply(v, 0, slope[l], 0, v.length);
      }
      return;
    }
    if (!last) {
      Gelu.apply(v, 0, mappedSlope[l], 0, v.length);
    }
    affine(flat, sizes.map0(l), hidden + 1, narrow, hidden, v, inner[l]);
    Gelu.apply(inner[l], 0, innerSlope[l], 0, inner[l].length);
    float[] next = state[l + 1];
    affine(flat, sizes.map1(l), narrow + 2, hidden, narrow, inner[l], next);
    for (int c = 0; c < hidden; c++) {
      float gate = flat[sizes.map1(l) + (c + 1) * (narrow + 2) - 1];
      for (int p = c * stride; p < c * stride + points; p++) {
        next[p] += gate * u[p];
      }
    }
    if (!last) {
      Gelu.apply(next, 0, slope[l], 0, next.length);
    }
  }

  /**
   * Leads a gradient back through the last forward pass.
   *
   * @param weights the same as of that pass
   * @param changeGradient gradient of what the network predicted, axes [channel, y, x], dense
   * @param sum the gradient of the weights is added to it
   * @param fieldGradient the gradient of the field, axes [channel, y, x], dense, is added to it;
   *     null if nobody asks
   */
  public void backward(
      FnoWeights weights, float[] changeGradient, FnoGradient sum, float[] fieldGradient) {
    float[] flat = weights.flat();
    int hidden = sizes.hidden();
    int wide = sizes.wide();
    Arrays.fill(outputGradient, 0);
    for (int c = 0; c < sizes.channels(); c++) {
      pack(changeGradient, c * sizes.height() * sizes.width(), outputGradient, c * stride);
    }
    Arrays.fill(wideGradient, 0);
    affineBack(
        flat,
        sum.flat(),
        sizes.projection1(),
        wide + 1,
        sizes.channels(),
        wide,
        projected,
        outputGradient,
        wideGradient);
    multiply(wideGradient, projectedSlope);
    Arrays.fill(gradient, 0);
    affineBack(
        flat,
        sum.flat(),
        sizes.projection0(),
        hidden + 1,
        wide,
        hidden,
        state[sizes.layers()],
        wideGradient,
        gradient);
    for (int l = sizes.layers() - 1; l >= 0; l--) {
      blockBack(weights, sum, l);
    }
    Arrays.fill(wideGradient, 0);
    affineBack(
        flat, sum.flat(), sizes.lifting1(), wide + 1, hidden, wide, lifted, gradient, wideGradient);
    multiply(wideGradient, liftedSlope);
    float[] wanted = fieldGradient == null ? null : inputGradient;
    Arrays.fill(inputGradient, 0);
    affineBack(
        flat, sum.flat(), 0, sizes.inputs() + 1, wide, sizes.inputs(), input, wideGradient, wanted);
    if (fieldGradient != null) {
      for (int c = 0; c < sizes.channels(); c++) {
        addUnpacked(inputGradient, c * stride, fieldGradient, c * sizes.height() * sizes.width());
      }
    }
  }

  /** From the gradient of a block's result to that of its input, in {@link #gradient}. */
  private void blockBack(FnoWeights weights, FnoGradient sum, int l) {
    float[] flat = weights.flat();
    int hidden = sizes.hidden();
    int narrow = sizes.narrow();
    boolean last = l == sizes.layers() - 1;
    float[] u = state[l];
    if (!last) {
      multiply(gradient, slope[l]);
    }
    Arrays.fill(nextGradient, 0);
    float[] v = gradient;
    if (narrow > 0) {
      v = middleGradient;
      mapBack(flat, sum.flat(), l, v);
      if (!last) {
        multiply(v, mappedSlope[l]);
      }
    }
    int features = sizes.convolutionFeatures();
    int skip = sizes.convolution(l) + features - hidden - 1;
    affineBack(flat, sum.flat(), skip, features, hidden, hidden, u, v, nextGradient);
    fourier.adjointOfSynthesis(v, outRe, outIm);
    sum.spectral(l).addOuter(outRe, outIm, re[l], im[l]);
    // What the block's input was in Fourier space is not needed any more.
    weights.spectral(l).adjoint(outRe, outIm, re[l], im[l]);
    fourier.addAdjointOfAnalysis(re[l], im[l], nextGradient);
    float[] spent = gradient;
    gradient = nextGradient;
    nextGradient = spent;
  }

  /** Through the map over channels; the gate's share goes to {@link #nextGradient}. */
  private void mapBack(float[] flat, float[] sum, int l, float[] enteringGradient) {
    int hidden = sizes.hidden();
    int narrow = sizes.narrow();
    float[] u = state[l];
    for (int c = 0; c < hidden; c++) {
      int gateAt = sizes.map1(l) + (c + 1) * (narrow + 2) - 1;
      float gate = flat[gateAt];
      float product = 0;
      for (int p = c * stride; p < c * stride + points; p++) {
        nextGradient[p] += gate * gradient[p];
        product += gradient[p] * u[p];
      }
      sum[gateAt] += product;
    }
    Arrays.fill(narrowGradient, 0);
    affineBack(
        flat, sum, sizes.map1(l), narrow + 2, hidden, narrow, inner[l], gradient, narrowGradient);
    multiply(narrowGradient, innerSlope[l]);
    Arrays.fill(enteringGradient, 0);
    affineBack(
        flat,
        sum,
        sizes.map0(l),
        hidden + 1,
        narrow,
        hidden,
        mapped[l],
        narrowGradient,
        enteringGradient);
  }

  /** A row of the matrix is followed by its bias; {@code row} counts from matrix row to row. */
  private void affine(float[] flat, int from, int row, int outs, int ins, float[] in, float[] out) {
    int bias = from + ins;
    Products.assign(
        outs, points, ins, flat, from, row, 1, in, 0, stride, flat, bias, row, out, 0, stride);
  }

  private void affineBack(
      float[] flat,
      float[] sum,
      int from,
      int row,
      int outs,
      int ins,
      float[] in,
      float[] outGradient,
      float[] inGradient) {
    RowProducts.addRowsTimesRows(
        outs, ins, points, outGradient, 0, stride, in, 0, stride, sum, from, row);
    RowProducts.addRowSums(outs, points, outGradient, 0, stride, sum, from + ins, row);
    if (inGradient != null) {
      Products.add(
          ins, points, outs, flat, from, 1, row, outGradient, 0, stride, inGradient, 0, stride);
    }
  }

  private static void multiply(float[] values, float[] factors) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factors[i];
    }
  }

  private void pack(float[] dense, int from, float[] rows, int to) {
    for (int y = 0; y < sizes.height(); y++) {
      System.arraycopy(dense, from + y * sizes.width(), rows, to + y * rowLength, sizes.width());
    }
  }

  private void unpack(float[] rows, int from, float[] dense, int to) {
    for (int y = 0; y < sizes.height(); y++) {
      System.arraycopy(rows, from + y * rowLength, dense, to + y * sizes.width(), sizes.width());
    }
  }

  private void addUnpacked(float[] rows, int from, float[] dense, int to) {
    for (int y = 0; y < sizes.height(); y++) {
      for (int x = 0; x < sizes.width(); x++) {
        dense[to + y * sizes.width() + x] += rows[from + y * rowLength + x];
      }
    }
  }
}
