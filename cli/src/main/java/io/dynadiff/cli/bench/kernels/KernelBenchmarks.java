package io.dynadiff.cli.bench.kernels;

import io.dynadiff.kernels.FnoGradient;
import io.dynadiff.kernels.FnoPass;
import io.dynadiff.kernels.FnoSizes;
import io.dynadiff.kernels.FnoStep;
import io.dynadiff.kernels.FnoWeights;
import io.dynadiff.kernels.Gelu;
import io.dynadiff.kernels.Products;
import io.dynadiff.kernels.SpectralWeights;
import io.dynadiff.kernels.TruncatedFourier;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What JMH measures: an expert's whole passes, and the operators that they are made of, each on all
 * hidden channels of one field. JMH makes one for each thread; results are written to arrays that
 * it keeps.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmarks {

  /** A {@link KernelSize}. */
  @Param({"laptop", "width-64"})
  public String size;

  private FnoSizes sizes;
  private float[] flat;
  private FnoWeights weights;
  private FnoGradient gradient;
  private FnoStep step;
  private FnoPass pass;
  private float[] field;
  private float[] change;
  private TruncatedFourier fourier;
  private SpectralWeights spectral;
  private float[] matrix;
  private float[] channels;
  private float[] mapped;
  private float[] slopes;
  private float[] re;
  private float[] im;
  private float[] outRe;
  private float[] outIm;

  /** Makes everything, with numbers of order one. */
  @Setup
  public void make() {
    sizes = KernelSize.of(size).sizes();
    Random random = new Random(1);
    weights = new FnoWeights(sizes);
    flat = drawn(random, sizes.parameterCount(), 0.05f);
    weights.load(flat, 0);
    gradient = new FnoGradient(sizes);
    step = new FnoStep(sizes);
    pass = new FnoPass(sizes);
    field = drawn(random, sizes.channels() * sizes.height() * sizes.width(), 1);
    change = new float[field.length];
    int hidden = sizes.hidden();
    fourier =
        new TruncatedFourier(
            hidden, sizes.height(), sizes.width(), sizes.firstY(), sizes.rows(), sizes.columns());
    spectral = new SpectralWeights(hidden, sizes.rows() * sizes.columns());
    spectral.load(
        drawn(random, 2 * hidden * hidden * sizes.rows() * sizes.columns(), 0.05f),
        0,
        2 * hidden * sizes.rows() * sizes.columns());
    matrix = drawn(random, hidden * hidden, 1e-3f);
    channels = drawn(random, hidden * fourier.stride(), 1);
    mapped = new float[channels.length];
    slopes = new float[channels.length];
    re = drawn(random, hidden * fourier.paddedModes(), 1e-3f);
    im = drawn(random, hidden * fourier.paddedModes(), 1e-3f);
    outRe = new float[re.length];
    outIm = new float[im.length];
  }

  private static float[] drawn(Random random, int length, float scale) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = scale * (float) random.nextGaussian();
    }
    return values;
  }

  /** A step of an expert. */
  @Benchmark
  public float[] step() {
    step.forward(weights, field, 0, sizes.height() * sizes.width(), 0, 0, change);
    return change;
  }

  /** The same, kept for the way back. */
  @Benchmark
  public float[] forward() {
    pass.forward(weights, field, 0, sizes.height() * sizes.width(), 0, 0, change);
    return change;
  }

  /** The same and back, as training does for each pair of frames. */
  @Benchmark
  public float[] forwardAndBack() {
    pass.forward(weights, field, 0, sizes.height() * sizes.width(), 0, 0, change);
    pass.backward(weights, field, gradient, null);
    return change;
  }

  /** A 1x1 map from all hidden channels to all. */
  @Benchmark
  public float[] pointwiseMap() {
    int hidden = sizes.hidden();
    int points = sizes.height() * fourier.paddedWidth();
    Products.add(
        hidden,
        points,
        hidden,
        matrix,
        0,
        hidden,
        1,
        channels,
        0,
        fourier.stride(),
        mapped,
        0,
        fourier.stride());
    return mapped;
  }

  /** GELU alone. */
  @Benchmark
  public float[] gelu() {
    System.arraycopy(channels, 0, mapped, 0, mapped.length);
    Gelu.apply(mapped, 0, mapped.length);
    return mapped;
  }

  /** GELU with its slope. */
  @Benchmark
  public float[] geluAndSlope() {
    System.arraycopy(channels, 0, mapped, 0, mapped.length);
    Gelu.apply(mapped, 0, slopes, 0, mapped.length);
    return slopes;
  }

  /** Fields to coefficients. */
  @Benchmark
  public float[] analysis() {
    fourier.analyse(channels, re, im);
    return re;
  }

  /** Products of coefficients with one factor for each pair of channels and wavenumber. */
  @Benchmark
  public float[] spectralFactors() {
    spectral.apply(re, im, outRe, outIm);
    return outRe;
  }

  /** Weights of an expert taken over. */
  @Benchmark
  public FnoWeights load() {
    weights.load(flat, 0);
    return weights;
  }

  /** Coefficients to fields. */
  @Benchmark
  public float[] synthesis() {
    fourier.addSynthesis(re, im, mapped);
    return mapped;
  }
}
