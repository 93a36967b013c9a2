package io.dynadiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TruncatedFourierTest {

  private static final int CHANNELS = 2;
  private static final int HEIGHT = 9;
  private static final int WIDTH = 22;
  private static final float TOLERANCE = 1e-5f;

  /** As many wavenumbers below zero as above, and one more. */
  private static final int[][] RANGES = {{-3, 7, 5}, {-4, 8, 12}, {0, 1, 1}};

  @Test
  void shouldEqualTheSumOverAllPointsWhenFieldsAreAnalysed() {
    for (int[] kept : RANGES) {
      TruncatedFourier fourier = of(kept);
      float[] fields = fields(fourier, 1);
      float[][] found = analysed(fourier, fields);
      for (int c = 0; c < CHANNELS; c++) {
        for (int mode = 0; mode < kept[1] * kept[2]; mode++) {
          double re = 0;
          double im = 0;
          for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
              double phase = phase(kept, mode, y, x);
              float value = fields[c * fourier.stride() + y * fourier.paddedWidth() + x];
              re += value * Math.cos(phase) / (HEIGHT * WIDTH);
              im -= value * Math.sin(phase) / (HEIGHT * WIDTH);
            }
          }
          int at = c * fourier.paddedModes() + mode;
          assertThat(found[0][at]).isCloseTo((float) re, within(TOLERANCE));
          assertThat(found[1][at]).isCloseTo((float) im, within(TOLERANCE));
        }
      }
    }
  }

  @Test
  void shouldGiveTheFieldBackWhenAllItsWavenumbersAreKept() {
    TruncatedFourier fourier = of(new int[] {-4, 9, 12});
    float[] fields = fields(fourier, 2);
    float[][] coefficients = analysed(fourier, fields);
    float[] back = new float[fields.length];
    fourier.addSynthesis(coefficients[0], coefficients[1], back);
    assertThat(back).containsExactly(fields, within(TOLERANCE));
  }

  @Test
  void shouldKeepInnerProductsWhenAdjointsStandOnTheOtherSide() {
    for (int[] kept : RANGES) {
      TruncatedFourier fourier = of(kept);
      float[] fields = fields(fourier, 3);
      float[][] of = analysed(fourier, fields);
      float[][] given = new float[2][of[0].length];
      Random random = new Random(4);
      for (int c = 0; c < CHANNELS; c++) {
        for (int mode = 0; mode < kept[1] * kept[2]; mode++) {
          given[0][c * fourier.paddedModes() + mode] = (float) random.nextGaussian();
          given[1][c * fourier.paddedModes() + mode] = (float) random.nextGaussian();
        }
      }
      float[] led = new float[fields.length];
      fourier.addAdjointOfAnalysis(given[0], given[1], led);
      assertThat(product(fields, led))
          .isCloseTo(product(of[0], given[0]) + product(of[1], given[1]), within(1e-3));

      float[] made = new float[fields.length];
      fourier.addSynthesis(given[0], given[1], made);
      float[][] back = new float[2][of[0].length];
      fourier.adjointOfSynthesis(fields, back[0], back[1]);
      assertThat(product(made, fields))
          .isCloseTo(product(given[0], back[0]) + product(given[1], back[1]), within(1e-2));
    }
  }

  private static TruncatedFourier of(int[] kept) {
    return new TruncatedFourier(CHANNELS, HEIGHT, WIDTH, kept[0], kept[1], kept[2]);
  }

  private static double phase(int[] kept, int mode, int y, int x) {
    int ky = kept[0] + mode / kept[2];
    int kx = mode % kept[2];
    return 2 * Math.PI * ((double) ky * y / HEIGHT + (double) kx * x / WIDTH);
  }

  private static float[][] analysed(TruncatedFourier fourier, float[] fields) {
    float[][] coefficients = new float[2][CHANNELS * fourier.paddedModes()];
    fourier.analyse(fields, coefficients[0], coefficients[1]);
    return coefficients;
  }

  private static float[] fields(TruncatedFourier fourier, long seed) {
    Random random = new Random(seed);
    float[] fields = new float[CHANNELS * fourier.stride()];
    for (int c = 0; c < CHANNELS; c++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          fields[c * fourier.stride() + y * fourier.paddedWidth() + x] =
              (float) random.nextGaussian();
        }
      }
    }
    return fields;
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
