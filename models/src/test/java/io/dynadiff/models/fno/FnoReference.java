package io.dynadiff.models.fno;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.physics.field.FieldShape;
import org.jtransforms.fft.DoubleFFT_2D;

/** The Fourier neural operator in float64, with a full FFT, one expert and one field at a time. */
final class FnoReference {

  private FnoReference() {}

  private static final class Cursor {
    private final float[] weights;
    private int at;

    Cursor(float[] weights) {
      this.weights = weights;
    }

    double next() {
      return weights[at++];
    }
  }

  static double[] step(ExpertSpec spec, float[] weights, double[] state, long timeMillis) {
    FieldShape shape = spec.fieldShape();
    int points = shape.points();
    double[][] u = new double[FnoSizes.inputChannels(spec)][points];
    for (int c = 0; c < shape.channels(); c++) {
      System.arraycopy(state, c * points, u[c], 0, points);
    }
    int channel = shape.channels();
    if (!spec.periodic()) {
      for (int p = 0; p < points; p++) {
        u[channel][p] = (double) (p / shape.width()) / shape.height();
        u[channel + 1][p] = (double) (p % shape.width()) / shape.width();
      }
      channel += 2;
    }
    if (spec.clockPeriodMillis() > 0) {
      double phase = 2 * Math.PI * timeMillis / spec.clockPeriodMillis();
      java.util.Arrays.fill(u[channel], Math.sin(phase));
      java.util.Arrays.fill(u[channel + 1], Math.cos(phase));
    }
    Cursor cursor = new Cursor(weights);
    FnoSizes sizes = FnoSizes.of(spec);
    int hidden = sizes.hidden();
    u = dense(cursor, u, 2 * hidden, true);
    u = dense(cursor, u, hidden, false);
    for (int l = 0; l < sizes.layers(); l++) {
      u = block(spec, cursor, u, l < sizes.layers() - 1);
    }
    u = dense(cursor, u, 2 * hidden, true);
    u = dense(cursor, u, shape.channels(), false);
    double[] next = new double[shape.size()];
    for (int i = 0; i < next.length; i++) {
      next[i] = state[i] + spec.residualScale() * u[i / points][i % points];
    }
    return next;
  }

  private static double[][] dense(Cursor cursor, double[][] in, int out, boolean gelu) {
    double[][] result = new double[out][in[0].length];
    for (int o = 0; o < out; o++) {
      for (double[] channel : in) {
        double w = cursor.next();
        for (int p = 0; p < channel.length; p++) {
          result[o][p] += w * channel[p];
        }
      }
      double bias = cursor.next();
      for (int p = 0; p < result[o].length; p++) {
        result[o][p] = gelu ? gelu(result[o][p] + bias) : result[o][p] + bias;
      }
    }
    return result;
  }

  private static double[][] block(ExpertSpec spec, Cursor cursor, double[][] in, boolean gelu) {
    int height = spec.fieldShape().height();
    int width = spec.fieldShape().width();
    FnoSizes sizes = FnoSizes.of(spec);
    int hidden = sizes.hidden();
    double[][] spectra = new double[hidden][2 * height * width];
    for (int c = 0; c < hidden; c++) {
      for (int p = 0; p < height * width; p++) {
        spectra[c][2 * p] = in[c][p] / (height * width);
      }
      new DoubleFFT_2D(height, width).complexForward(spectra[c]);
    }
    double[][] out = new double[hidden][];
    for (int o = 0; o < hidden; o++) {
      double[] spectrum = new double[2 * height * width];
      for (int c = 0; c < hidden; c++) {
        for (int my = 0; my < sizes.modesY(); my++) {
          int y = Math.floorMod(my - (sizes.modesY() - 1) / 2, height);
          for (int x = 0; x < sizes.modesX(); x++) {
            double wr = cursor.next();
            double wi = cursor.next();
            int i = 2 * (y * width + x);
            double re = spectra[c][i] * wr - spectra[c][i + 1] * wi;
            double im = spectra[c][i] * wi + spectra[c][i + 1] * wr;
            spectrum[i] += re;
            spectrum[i + 1] += im;
            if (x > 0) {
              int mirrored = 2 * (Math.floorMod(-y, height) * width + width - x);
              spectrum[mirrored] += re;
              spectrum[mirrored + 1] -= im;
            }
          }
        }
      }
      new DoubleFFT_2D(height, width).complexInverse(spectrum, false);
      double[] skip = new double[hidden];
      for (int c = 0; c < hidden; c++) {
        skip[c] = cursor.next();
      }
      double bias = cursor.next();
      out[o] = new double[height * width];
      for (int p = 0; p < height * width; p++) {
        double value = spectrum[2 * p] + bias;
        for (int c = 0; c < hidden; c++) {
          value += skip[c] * in[c][p];
        }
        out[o][p] = gelu ? gelu(value) : value;
      }
    }
    return out;
  }

  /** Exact GELU; the error function by its series, to 1e-15 for moderate arguments. */
  private static double gelu(double x) {
    double z = x / Math.sqrt(2);
    if (Math.abs(z) > 5) {
      return x > 0 ? x : 0;
    }
    double term = z;
    double sum = z;
    for (int n = 1; n < 200; n++) {
      term *= -z * z / n;
      sum += term / (2 * n + 1);
    }
    return 0.5 * x * (1 + 2 / Math.sqrt(Math.PI) * sum);
  }
}
