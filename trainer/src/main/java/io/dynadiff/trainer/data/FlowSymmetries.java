package io.dynadiff.trainer.data;

import io.dynadiff.physics.field.FieldShape;
import org.jtransforms.fft.DoubleFFT_1D;

/** Symmetries of the flows; fields hold [w] or [w, u, v] where the flow is periodic. */
final class FlowSymmetries {

  private static final int KOLMOGOROV_PERIODS = 3;

  private FlowSymmetries() {}

  /**
   * Kolmogorov flow with the force -3 cos(3 y), on a grid that begins at y = -pi: shifts along x;
   * rotation by half a turn; and shift-reflection w(x, y) -> -w(-x, y + pi / 3) with its powers.
   *
   * <p>A sixth of the side is no whole number of grid points; those shifts go through the Fourier
   * modes along y, exact for fields without the grid's highest wavenumber.
   */
  static Symmetries kolmogorov(FieldShape shape) {
    return random -> {
      int shiftX = random.nextInt(shape.width());
      boolean rotate = random.nextBoolean();
      int sixths = random.nextInt(2 * KOLMOGOROV_PERIODS);
      boolean reflect = sixths % 2 == 1;
      int[] source = new int[shape.points()];
      for (int y = 0; y < shape.height(); y++) {
        int fromY = rotate ? Math.floorMod(-y, shape.height()) : y;
        for (int x = 0; x < shape.width(); x++) {
          int fromX = Math.floorMod((rotate != reflect ? -x : x) + shiftX, shape.width());
          source[y * shape.width() + x] = fromY * shape.width() + fromX;
        }
      }
      float spin = reflect ? -1 : 1;
      float turn = rotate ? -1 : 1;
      FieldMap map =
          new FieldMap(shape, source, mix(shape, spin, new float[] {turn * spin, 0, 0, turn}));
      double shift = (double) sixths / (2 * KOLMOGOROV_PERIODS);
      return sixths == 0 ? map : field -> shiftedAlongY(shape, map.apply(field), shift);
    };
  }

  /**
   * Navier-Stokes with a force that depends on x + y and changes sign half a side on: shifts along
   * (1, -1); transposition with a shift by half a side, w(x, y) -> -w(y + 1/2, x).
   *
   * <p>Half a turn is a symmetry, too, but about a point that depends on the environment.
   */
  static Symmetries diagonalForce(FieldShape shape) {
    int side = shape.height();
    if (shape.width() != side || side % 2 != 0) {
      throw new IllegalArgumentException(
          "diagonal force: expected a square of an even number of points, found " + shape);
    }
    return random -> {
      int shift = random.nextInt(side);
      boolean transpose = random.nextBoolean();
      int[] source = new int[shape.points()];
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int fromX = Math.floorMod((transpose ? y + side / 2 : x) + shift, side);
          int fromY = Math.floorMod((transpose ? x : y) - shift, side);
          source[y * side + x] = fromY * side + fromX;
        }
      }
      return new FieldMap(
          shape,
          source,
          transpose
              ? mix(shape, -1, new float[] {0, 1, 1, 0})
              : mix(shape, 1, new float[] {1, 0, 0, 1}));
    };
  }

  /**
   * Navier-Stokes with a force that depends on x + y + shift, conditions [amplitude, shift]: a flow
   * that is moved by a part of the side along x obeys the force whose shift is as much larger,
   * modulo the side.
   */
  static Equivalences forcePhase(FieldShape shape) {
    return random -> {
      int moved = random.nextInt(shape.width());
      int[] source = new int[shape.points()];
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          source[y * shape.width() + x] = y * shape.width() + (x + moved) % shape.width();
        }
      }
      FieldMap map = new FieldMap(shape, source, mix(shape, 1, new float[] {1, 0, 0, 1}));
      return new Equivalence() {
        @Override
        public float[] apply(float[] field) {
          return map.apply(field);
        }

        @Override
        public double[] conditions(double[] conditions) {
          return new double[] {conditions[0], (conditions[1] + (double) moved / shape.width()) % 1};
        }
      };
    };
  }

  /** Flow past a cylinder on the middle line, fields [u, v]: reflection in that line. */
  static Symmetries cylinder(FieldShape shape) {
    return random -> {
      boolean reflect = random.nextBoolean();
      int[] source = new int[shape.points()];
      for (int y = 0; y < shape.height(); y++) {
        int fromY = reflect ? shape.height() - 1 - y : y;
        for (int x = 0; x < shape.width(); x++) {
          source[y * shape.width() + x] = fromY * shape.width() + x;
        }
      }
      return new FieldMap(shape, source, FieldMap.factors(1, reflect ? -1 : 1));
    };
  }

  /** Vorticity times a factor and, where there is velocity, a matrix [uu, uv, vu, vv] for it. */
  private static float[][] mix(FieldShape shape, float vorticity, float[] velocity) {
    if (shape.channels() == 1) {
      return FieldMap.factors(vorticity);
    }
    if (shape.channels() != 3) {
      throw new IllegalArgumentException(
          "flow: expected the channels [w] or [w, u, v], found " + shape.channels());
    }
    return new float[][] {
      {vorticity, 0, 0}, {0, velocity[0], velocity[1]}, {0, velocity[2], velocity[3]}
    };
  }

  /** out(y) = in(y + shift), the shift in parts of the side. */
  private static float[] shiftedAlongY(FieldShape shape, float[] field, double shift) {
    int height = shape.height();
    DoubleFFT_1D transform = new DoubleFFT_1D(height);
    float[] shifted = new float[field.length];
    double[] column = new double[2 * height];
    for (int c = 0; c < shape.channels(); c++) {
      for (int x = 0; x < shape.width(); x++) {
        int first = c * shape.points() + x;
        for (int y = 0; y < height; y++) {
          column[2 * y] = field[first + y * shape.width()];
          column[2 * y + 1] = 0;
        }
        transform.complexForward(column);
        for (int k = 0; k < height; k++) {
          double angle = 2 * Math.PI * shift * (k <= height / 2 ? k : k - height);
          double re = column[2 * k];
          double im = column[2 * k + 1];
          column[2 * k] = re * Math.cos(angle) - im * Math.sin(angle);
          column[2 * k + 1] = re * Math.sin(angle) + im * Math.cos(angle);
        }
        transform.complexInverse(column, true);
        for (int y = 0; y < height; y++) {
          shifted[first + y * shape.width()] = (float) column[2 * y];
        }
      }
    }
    return shifted;
  }
}
