package io.dynadiff.kernels;

import static io.dynadiff.kernels.Lanes.COUNT;
import static io.dynadiff.kernels.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * One complex factor for every pair of channels and every kept wavenumber, real and imaginary parts
 * apart; or the gradient of those. Confined to one thread.
 *
 * <p>Only vectors of one species are used, here as everywhere: where a process has met two, the JIT
 * does not know any more which one a method is called on, and keeps vectors in objects.
 */
public final class SpectralWeights {

  /** Of pairs of real and imaginary parts, all real ones and then all imaginary ones. */
  private static final VectorShuffle<Float> REAL_FIRST =
      VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % COUNT + 2 * lane / COUNT);

  private static final VectorShuffle<Float> IMAGINARY_FIRST =
      VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % COUNT + 1 - 2 * lane / COUNT);

  /** The two halves exchanged. */
  private static final VectorShuffle<Float> SWAPPED =
      VectorShuffle.fromOp(SPECIES, lane -> (lane + COUNT / 2) % COUNT);

  private static final VectorMask<Float> UPPER = VectorMask.fromLong(SPECIES, -1L << COUNT / 2);

  private final int channels;
  private final int modes;
  private final int padded;

  /** Axes [out, in, mode]. */
  private final float[] re;

  private final float[] im;

  public SpectralWeights(int channels, int modes) {
    this.channels = channels;
    this.modes = modes;
    this.padded = Lanes.padded(modes);
    this.re = new float[channels * channels * padded];
    this.im = new float[channels * channels * padded];
  }

  /**
   * Takes factors from flat weights.
   *
   * @param from where output channel 0's factors begin, axes [in, mode, re/im]
   * @param stride from output channel to output channel
   */
  public void load(float[] flat, int from, int stride) {
    for (int pair = 0; pair < channels * channels; pair++) {
      int at = from + pair / channels * stride + pair % channels * 2 * modes;
      int to = pair * padded;
      int m = 0;
      for (; m + COUNT <= modes; m += COUNT) {
        FloatVector first = FloatVector.fromArray(SPECIES, flat, at + 2 * m).rearrange(REAL_FIRST);
        FloatVector second =
            FloatVector.fromArray(SPECIES, flat, at + 2 * m + COUNT).rearrange(IMAGINARY_FIRST);
        first.blend(second, UPPER).intoArray(re, to + m);
        second.blend(first, UPPER).rearrange(SWAPPED).intoArray(im, to + m);
      }
      for (; m < modes; m++) {
        re[to + m] = flat[at + 2 * m];
        im[to + m] = flat[at + 2 * m + 1];
      }
    }
  }

  /** Adds these to a flat array, see {@link #load}, and sets them to zero. */
  void drainTo(float[] flat, int from, int stride) {
    for (int pair = 0; pair < channels * channels; pair++) {
      int at = from + pair / channels * stride + pair % channels * 2 * modes;
      int to = pair * padded;
      for (int m = 0; m < modes; m++) {
        flat[at + 2 * m] += re[to + m];
        flat[at + 2 * m + 1] += im[to + m];
      }
    }
    java.util.Arrays.fill(re, 0);
    java.util.Arrays.fill(im, 0);
  }

  /** Products summed over input channels; coefficients have axes [channel, mode]. */
  public void apply(float[] inRe, float[] inIm, float[] outRe, float[] outIm) {
    for (int o = 0; o < channels; o++) {
      for (int m = 0; m < padded; m += COUNT) {
        FloatVector sumRe = FloatVector.zero(SPECIES);
        FloatVector sumIm = sumRe;
        int w = o * channels * padded + m;
        int v = m;
        for (int i = 0; i < channels; i++) {
          FloatVector wRe = FloatVector.fromArray(SPECIES, re, w);
          FloatVector wIm = FloatVector.fromArray(SPECIES, im, w);
          FloatVector vRe = FloatVector.fromArray(SPECIES, inRe, v);
          FloatVector vIm = FloatVector.fromArray(SPECIES, inIm, v);
          sumRe = wRe.fma(vRe, sumRe.sub(wIm.mul(vIm)));
          sumIm = wRe.fma(vIm, wIm.fma(vRe, sumIm));
          w += padded;
          v += padded;
        }
        sumRe.intoArray(outRe, o * padded + m);
        sumIm.intoArray(outIm, o * padded + m);
      }
    }
  }

  /** Gradients of the input coefficients from those of the output. */
  void adjoint(float[] outRe, float[] outIm, float[] inRe, float[] inIm) {
    for (int i = 0; i < channels; i++) {
      for (int m = 0; m < padded; m += COUNT) {
        FloatVector sumRe = FloatVector.zero(SPECIES);
        FloatVector sumIm = sumRe;
        int w = i * padded + m;
        int g = m;
        for (int o = 0; o < channels; o++) {
          FloatVector wRe = FloatVector.fromArray(SPECIES, re, w);
          FloatVector wIm = FloatVector.fromArray(SPECIES, im, w);
          FloatVector gRe = FloatVector.fromArray(SPECIES, outRe, g);
          FloatVector gIm = FloatVector.fromArray(SPECIES, outIm, g);
          sumRe = wRe.fma(gRe, wIm.fma(gIm, sumRe));
          sumIm = wRe.fma(gIm, sumIm.sub(wIm.mul(gRe)));
          w += channels * padded;
          g += padded;
        }
        sumRe.intoArray(inRe, i * padded + m);
        sumIm.intoArray(inIm, i * padded + m);
      }
    }
  }

  /** As a gradient: adds what follows from input coefficients and gradients of the output. */
  void addOuter(float[] outRe, float[] outIm, float[] inRe, float[] inIm) {
    for (int o = 0; o < channels; o++) {
      for (int m = 0; m < padded; m += COUNT) {
        FloatVector gRe = FloatVector.fromArray(SPECIES, outRe, o * padded + m);
        FloatVector gIm = FloatVector.fromArray(SPECIES, outIm, o * padded + m);
        int w = o * channels * padded + m;
        int v = m;
        for (int i = 0; i < channels; i++) {
          FloatVector vRe = FloatVector.fromArray(SPECIES, inRe, v);
          FloatVector vIm = FloatVector.fromArray(SPECIES, inIm, v);
          FloatVector wRe = FloatVector.fromArray(SPECIES, re, w);
          FloatVector wIm = FloatVector.fromArray(SPECIES, im, w);
          gRe.fma(vRe, gIm.fma(vIm, wRe)).intoArray(re, w);
          gIm.fma(vRe, wIm.sub(gRe.mul(vIm))).intoArray(im, w);
          w += padded;
          v += padded;
        }
      }
    }
  }
}
