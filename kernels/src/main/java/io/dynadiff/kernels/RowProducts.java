package io.dynadiff.kernels;

import static io.dynadiff.kernels.Lanes.COUNT;
import static io.dynadiff.kernels.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Products of rows with rows, and sums of rows: gradients of what {@link Products} multiplies by.
 * Stateless.
 */
final class RowProducts {

  private RowProducts() {}

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  /**
   * {@code c[m, n] += a[m, k] b[n, k]^T}: products of rows with rows.
   *
   * @param k a multiple of {@link Lanes#COUNT}
   */
  static void addRowsTimesRows(
      int m,
      int n,
      int k,
      float[] a,
      int aFrom,
      int aRow,
      float[] b,
      int bFrom,
      int bRow,
      float[] c,
      int cFrom,
      int cRow) {
    int i = 0;
    for (; i + 2 <= m; i += 2) {
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        dots2x4(
            k, a, aFrom + i * aRow, aRow, b, bFrom + j * bRow, bRow, c, cFrom + i * cRow + j, cRow);
      }
      for (; j < n; j++) {
        c[cFrom + i * cRow + j] += dot(k, a, aFrom + i * aRow, b, bFrom + j * bRow);
        c[cFrom + (i + 1) * cRow + j] += dot(k, a, aFrom + (i + 1) * aRow, b, bFrom + j * bRow);
      }
    }
    for (; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c[cFrom + i * cRow + j] += dot(k, a, aFrom + i * aRow, b, bFrom + j * bRow);
      }
    }
  }

  private static void dots2x4(
      int k,
      float[] a,
      int a0,
      int aRow,
      float[] b,
      int b0,
      int bRow,
      float[] c,
      int cAt,
      int cRow) {
    int a1 = a0 + aRow;
    int b1 = b0 + bRow;
    int b2 = b1 + bRow;
    int b3 = b2 + bRow;
    FloatVector v00 = FloatVector.zero(SPECIES);
    FloatVector v01 = v00;
    FloatVector v02 = v00;
    FloatVector v03 = v00;
    FloatVector v10 = v00;
    FloatVector v11 = v00;
    FloatVector v12 = v00;
    FloatVector v13 = v00;
    for (int p = 0; p < k; p += COUNT) {
      FloatVector x0 = load(a, a0 + p);
      FloatVector x1 = load(a, a1 + p);
      FloatVector w = load(b, b0 + p);
      v00 = w.fma(x0, v00);
      v10 = w.fma(x1, v10);
      w = load(b, b1 + p);
      v01 = w.fma(x0, v01);
      v11 = w.fma(x1, v11);
      w = load(b, b2 + p);
      v02 = w.fma(x0, v02);
      v12 = w.fma(x1, v12);
      w = load(b, b3 + p);
      v03 = w.fma(x0, v03);
      v13 = w.fma(x1, v13);
    }
    c[cAt] += sum(v00);
    c[cAt + 1] += sum(v01);
    c[cAt + 2] += sum(v02);
    c[cAt + 3] += sum(v03);
    c[cAt + cRow] += sum(v10);
    c[cAt + cRow + 1] += sum(v11);
    c[cAt + cRow + 2] += sum(v12);
    c[cAt + cRow + 3] += sum(v13);
  }

  private static float dot(int k, float[] a, int aAt, float[] b, int bAt) {
    FloatVector v = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p += COUNT) {
      v = load(a, aAt + p).fma(load(b, bAt + p), v);
    }
    return sum(v);
  }

  /** {@code c[m] += sums of the rows of a[m, k]}, at a stride; k as above. */
  static void addRowSums(
      int m, int k, float[] a, int aFrom, int aRow, float[] c, int cFrom, int cStride) {
    for (int i = 0; i < m; i++) {
      FloatVector v = FloatVector.zero(SPECIES);
      for (int p = 0; p < k; p += COUNT) {
        v = v.add(load(a, aFrom + i * aRow + p));
      }
      c[cFrom + i * cStride] += sum(v);
    }
  }

  private static float sum(FloatVector vector) {
    return vector.reduceLanes(VectorOperators.ADD);
  }
}
