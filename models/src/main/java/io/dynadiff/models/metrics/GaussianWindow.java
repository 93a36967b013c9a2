package io.dynadiff.models.metrics;

import java.util.Arrays;

/**
 * Means of a field [y, x] under a Gaussian window of 11 x 11 points with sigma 1.5 about every
 * point, the field reflected at its borders without repeating them.
 *
 * <p>One pass along x and one along y, points at equal distances to both sides taken together.
 * Confined to one thread.
 */
final class GaussianWindow {

  private static final double SIGMA = 1.5;
  private static final int RADIUS = 5;

  /** Weights by distance from the middle, of either side. */
  private static final double[] WEIGHTS = weights();

  private final int height;
  private final int width;
  private final int[] rowAt;
  private final int[] columnAt;
  private final double[] line;
  private final double[] rows;

  GaussianWindow(int height, int width) {
    this.height = height;
    this.width = width;
    this.rowAt = reflected(height);
    this.columnAt = reflected(width);
    this.line = new double[width + 2 * RADIUS];
    this.rows = new double[height * width];
  }

  /** Writes the mean about every point of a field into another. */
  void mean(double[] field, double[] means) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < line.length; x++) {
        line[x] = field[y * width + columnAt[x]];
      }
      Arrays.fill(rows, y * width, (y + 1) * width, 0);
      for (int k = 0; k <= RADIUS; k++) {
        add(WEIGHTS[k], line, RADIUS - k, RADIUS + k, rows, y * width);
      }
    }
    Arrays.fill(means, 0);
    for (int y = 0; y < height; y++) {
      for (int k = 0; k <= RADIUS; k++) {
        int above = rowAt[y + RADIUS - k] * width;
        int below = rowAt[y + RADIUS + k] * width;
        add(WEIGHTS[k], rows, above, below, means, y * width);
      }
    }
  }

  /** Adds the points of two lines, times a weight, to those of a third. */
  private void add(double weight, double[] from, int one, int other, double[] to, int at) {
    for (int x = 0; x < width; x++) {
      to[at + x] += weight * (from[one + x] + from[other + x]);
    }
  }

  /** Reflected index of each position from -radius to length + radius - 1. */
  private static int[] reflected(int length) {
    int[] index = new int[length + 2 * RADIUS];
    for (int i = 0; i < index.length; i++) {
      index[i] = reflect(i - RADIUS, length);
    }
    return index;
  }

  private static int reflect(int index, int length) {
    if (length == 1) {
      return 0;
    }
    int period = 2 * (length - 1);
    int i = Math.floorMod(index, period);
    return i < length ? i : period - i;
  }

  /** The middle counts for half, as it is both of its sides. */
  private static double[] weights() {
    double[] weights = new double[RADIUS + 1];
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Math.exp(-k * k / (2 * SIGMA * SIGMA)) * (k == 0 ? 0.5 : 1);
      sum += 2 * weights[k];
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= sum;
    }
    return weights;
  }
}
