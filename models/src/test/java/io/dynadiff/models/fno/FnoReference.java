package io.dynadiff.models.fno;

import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.physics.field.FieldShape;
import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_2D;

/**
 * The Fourier neural operators in float64, with a full FFT, one expert and one field at a time;
 * written from the definitions, sharing nothing with the network but the specification.
 */
final class FnoReference {

  private final ExpertSpec spec;
  private final FieldShape shape;
  private final boolean neuraloperator;
  private final float[] weights;
  private int at;

  private FnoReference(ExpertSpec spec, float[] weights) {
    this.spec = spec;
    this.shape = spec.fieldShape();
    this.neuraloperator = spec.architecture().equals("neuraloperator-fno");
    this.weights = weights;
  }

  static double[] step(ExpertSpec spec, float[] weights, double[] state, long timeMillis) {
    return new FnoReference(spec, weights).step(state, timeMillis);
  }

  private double next() {
    return weights[at++];
  }

  private double[] step(double[] state, long timeMillis) {
    int hidden = spec.size("hidden");
    double[][] u = inputs(state, timeMillis);
    u = dense(u, 2 * hidden, true);
    u = dense(u, hidden, false);
    for (int l = 0; l < spec.size("layers"); l++) {
      u = block(u, l < spec.size("layers") - 1);
    }
    u = dense(u, 2 * hidden, true);
    u = dense(u, shape.channels(), false);
    assertAllRead();
    double[] next = new double[shape.size()];
    for (int i = 0; i < next.length; i++) {
      double output = u[i / shape.points()][i % shape.points()];
      next[i] =
          spec.prediction() == Prediction.DIRECT
              ? output
              : state[i] + spec.residualScale() * output;
    }
    return next;
  }

  private void assertAllRead() {
    if (at != weights.length) {
      throw new AssertionError("read " + at + " of " + weights.length + " weights");
    }
  }

  private double[][] inputs(double[] state, long timeMillis) {
    int points = shape.points();
    boolean coordinates = neuraloperator || spec.coordinates() == Coordinates.LINEAR;
    boolean clock = spec.clockPeriodMillis() > 0;
    double[][] u = new double[shape.channels() + (coordinates ? 2 : 0) + (clock ? 2 : 0)][points];
    for (int c = 0; c < shape.channels(); c++) {
      System.arraycopy(state, c * points, u[c], 0, points);
    }
    int channel = shape.channels();
    if (coordinates) {
      for (int p = 0; p < points; p++) {
        u[channel][p] = (double) (p / shape.width()) / shape.height();
        u[channel + 1][p] = (double) (p % shape.width()) / shape.width();
      }
      channel += 2;
    }
    if (clock) {
      double phase = 2 * Math.PI * timeMillis / spec.clockPeriodMillis();
      Arrays.fill(u[channel], Math.sin(phase));
      Arrays.fill(u[channel + 1], Math.cos(phase));
    }
    return u;
  }

  private double[][] dense(double[][] in, int out, boolean gelu) {
    double[][] result = new double[out][in[0].length];
    for (int o = 0; o < out; o++) {
      accumulate(result[o], in);
      add(result[o], next());
      if (gelu) {
        gelu(result[o]);
      }
    }
    return result;
  }

  private double[][] block(double[][] in, boolean gelu) {
    int hidden = in.length;
    double[][] v = new double[hidden][];
    double[][] spectra = spectra(in);
    for (int o = 0; o < hidden; o++) {
      v[o] = convolved(spectra);
      accumulate(v[o], in);
      add(v[o], next());
      if (gelu) {
        gelu(v[o]);
      }
    }
    if (!neuraloperator) {
      return v;
    }
    double[][] inner = dense(v, (int) Math.rint(hidden / 2.0), true);
    double[][] result = new double[hidden][shape.points()];
    for (int o = 0; o < hidden; o++) {
      accumulate(result[o], inner);
      add(result[o], next());
      double gate = next();
      for (int p = 0; p < shape.points(); p++) {
        result[o][p] += gate * in[o][p];
      }
      if (gelu) {
        gelu(result[o]);
      }
    }
    return result;
  }

  private double[][] spectra(double[][] in) {
    double[][] spectra = new double[in.length][2 * shape.points()];
    for (int c = 0; c < in.length; c++) {
      for (int p = 0; p < shape.points(); p++) {
        spectra[c][2 * p] = in[c][p] / shape.points();
      }
      new DoubleFFT_2D(shape.height(), shape.width()).complexForward(spectra[c]);
    }
    return spectra;
  }

  /** One output channel: the next kernels applied to the spectra, transformed back. */
  private double[] convolved(double[][] spectra) {
    int height = shape.height();
    int width = shape.width();
    int rows = spec.size("modesY");
    int columns = neuraloperator ? spec.size("modesX") / 2 + 1 : spec.size("modesX");
    double[] spectrum = new double[2 * height * width];
    for (double[] input : spectra) {
      for (int my = 0; my < rows; my++) {
        int y = Math.floorMod(my - rows / 2, height);
        for (int x = 0; x < columns; x++) {
          double wr = next();
          double wi = next();
          int i = 2 * (y * width + x);
          double re = input[i] * wr - input[i + 1] * wi;
          double im = input[i] * wi + input[i + 1] * wr;
          spectrum[i] += re;
          spectrum[i + 1] += im;
          if (x > 0 && 2 * x != width) {
            int mirrored = 2 * (Math.floorMod(-y, height) * width + width - x);
            spectrum[mirrored] += re;
            spectrum[mirrored + 1] -= im;
          }
        }
      }
    }
    new DoubleFFT_2D(height, width).complexInverse(spectrum, false);
    double[] field = new double[height * width];
    for (int p = 0; p < field.length; p++) {
      field[p] = spectrum[2 * p];
    }
    return field;
  }

  /** Adds every channel times the next weight. */
  private void accumulate(double[] sum, double[][] channels) {
    for (double[] channel : channels) {
      double w = next();
      for (int p = 0; p < sum.length; p++) {
        sum[p] += w * channel[p];
      }
    }
  }

  private static void add(double[] values, double bias) {
    for (int p = 0; p < values.length; p++) {
      values[p] += bias;
    }
  }

  private static void gelu(double[] values) {
    for (int p = 0; p < values.length; p++) {
      values[p] = gelu(values[p]);
    }
  }

  /** Exact GELU; the error function by its series, to 1e-15 for moderate arguments. */
  private static double gelu(double x) {
    double z = x / Math.sqrt(2);
    if (Math.abs(z) > 5) {
      return x > 0 ? x : 0;
    }
    double term = z;
    double sum = z;
    for (int n = 1; Math.abs(term) > 1e-18; n++) {
      term *= -z * z / n;
      sum += term / (2 * n + 1);
    }
    return 0.5 * x * (1 + 2 / Math.sqrt(Math.PI) * sum);
  }
}
