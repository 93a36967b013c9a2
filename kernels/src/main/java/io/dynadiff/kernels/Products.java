package io.dynadiff.kernels;

import static io.dynadiff.kernels.Lanes.COUNT;
import static io.dynadiff.kernels.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Products of small matrices that lie in float arrays, added to their result.
 *
 * <p>Matrices are row-major parts of larger arrays: an offset, and a stride from row to row.
 * Lengths along which vectors run must be multiples of {@link Lanes#COUNT}, see {@link
 * Lanes#padded}. Each tile of the result stays in registers while the products are summed.
 * Stateless.
 */
public final class Products {

  private Products() {}

  /**
   * {@code c[m, n] += a[m, k] b[k, n]}.
   *
   * @param aRow stride of a from row to row
   * @param aColumn stride of a from column to column: 1, or the row stride of its transpose
   * @param n a multiple of {@link Lanes#COUNT}
   */
  public static void add(
      int m,
      int n,
      int k,
      float[] a,
      int aFrom,
      int aRow,
      int aColumn,
      float[] b,
      int bFrom,
      int bRow,
      float[] c,
      int cFrom,
      int cRow) {
    // Columns outside, so that the part of b that a tile reads stays in the first cache.
    for (int j = 0; j < n; ) {
      int vectors = j + 4 * COUNT <= n ? 4 : j + 2 * COUNT <= n ? 2 : 1;
      int bAt = bFrom + j;
      int i = 0;
      for (; i + 4 <= m; i += 4) {
        int aAt = aFrom + i * aRow;
        int cAt = cFrom + i * cRow + j;
        switch (vectors) {
          case 4 -> tile4x4(k, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow);
          case 2 -> tile4x2(k, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow);
          default -> tile4x1(k, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow);
        }
      }
      for (; i < m; i++) {
        int aAt = aFrom + i * aRow;
        int cAt = cFrom + i * cRow + j;
        switch (vectors) {
          case 4 -> tile1x4(k, a, aAt, aColumn, b, bAt, bRow, c, cAt);
          case 2 -> {
            tile1x1(k, a, aAt, aColumn, b, bAt, bRow, c, cAt);
            tile1x1(k, a, aAt, aColumn, b, bAt + COUNT, bRow, c, cAt + COUNT);
          }
          default -> tile1x1(k, a, aAt, aColumn, b, bAt, bRow, c, cAt);
        }
      }
      j += vectors * COUNT;
    }
  }

  /**
   * {@code c[m, n] = bias[m] + a[m, k] b[k, n]}, whatever c was; otherwise as {@link #add}.
   *
   * @param biasStep stride of the bias from row to row
   */
  static void assign(
      int m,
      int n,
      int k,
      float[] a,
      int aFrom,
      int aRow,
      int aColumn,
      float[] b,
      int bFrom,
      int bRow,
      float[] bias,
      int biasFrom,
      int biasStep,
      float[] c,
      int cFrom,
      int cRow) {
    int tall = m / 4 * 4;
    int wide = n / (4 * COUNT) * (4 * COUNT);
    for (int j = 0; j < wide; j += 4 * COUNT) {
      for (int i = 0; i < tall; i += 4) {
        int aAt = aFrom + i * aRow;
        int biasAt = biasFrom + i * biasStep;
        int cAt = cFrom + i * cRow + j;
        anew4x4(k, a, aAt, aRow, aColumn, b, bFrom + j, bRow, bias, biasAt, biasStep, c, cAt, cRow);
      }
    }
    for (int i = 0; i < m; i++) {
      int row = cFrom + i * cRow;
      Arrays.fill(c, row + (i < tall ? wide : 0), row + n, bias[biasFrom + i * biasStep]);
    }
    int below = aFrom + tall * aRow;
    add(m - tall, wide, k, a, below, aRow, aColumn, b, bFrom, bRow, c, cFrom + tall * cRow, cRow);
    add(m, n - wide, k, a, aFrom, aRow, aColumn, b, bFrom + wide, bRow, c, cFrom + wide, cRow);
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static void tile4x4(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow) {
    int c1 = cAt + cRow;
    int c2 = c1 + cRow;
    int c3 = c2 + cRow;
    FloatVector v00 = load(c, cAt);
    FloatVector v01 = load(c, cAt + COUNT);
    FloatVector v02 = load(c, cAt + 2 * COUNT);
    FloatVector v03 = load(c, cAt + 3 * COUNT);
    FloatVector v10 = load(c, c1);
    FloatVector v11 = load(c, c1 + COUNT);
    FloatVector v12 = load(c, c1 + 2 * COUNT);
    FloatVector v13 = load(c, c1 + 3 * COUNT);
    FloatVector v20 = load(c, c2);
    FloatVector v21 = load(c, c2 + COUNT);
    FloatVector v22 = load(c, c2 + 2 * COUNT);
    FloatVector v23 = load(c, c2 + 3 * COUNT);
    FloatVector v30 = load(c, c3);
    FloatVector v31 = load(c, c3 + COUNT);
    FloatVector v32 = load(c, c3 + 2 * COUNT);
    FloatVector v33 = load(c, c3 + 3 * COUNT);
    int a0 = aAt;
    int b0 = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector w0 = load(b, b0);
      FloatVector w1 = load(b, b0 + COUNT);
      FloatVector w2 = load(b, b0 + 2 * COUNT);
      FloatVector w3 = load(b, b0 + 3 * COUNT);
      FloatVector x = all(a[a0]);
      v00 = w0.fma(x, v00);
      v01 = w1.fma(x, v01);
      v02 = w2.fma(x, v02);
      v03 = w3.fma(x, v03);
      x = all(a[a0 + aRow]);
      v10 = w0.fma(x, v10);
      v11 = w1.fma(x, v11);
      v12 = w2.fma(x, v12);
      v13 = w3.fma(x, v13);
      x = all(a[a0 + 2 * aRow]);
      v20 = w0.fma(x, v20);
      v21 = w1.fma(x, v21);
      v22 = w2.fma(x, v22);
      v23 = w3.fma(x, v23);
      x = all(a[a0 + 3 * aRow]);
      v30 = w0.fma(x, v30);
      v31 = w1.fma(x, v31);
      v32 = w2.fma(x, v32);
      v33 = w3.fma(x, v33);
      a0 += aColumn;
      b0 += bRow;
    }
    v00.intoArray(c, cAt);
    v01.intoArray(c, cAt + COUNT);
    v02.intoArray(c, cAt + 2 * COUNT);
    v03.intoArray(c, cAt + 3 * COUNT);
    v10.intoArray(c, c1);
    v11.intoArray(c, c1 + COUNT);
    v12.intoArray(c, c1 + 2 * COUNT);
    v13.intoArray(c, c1 + 3 * COUNT);
    v20.intoArray(c, c2);
    v21.intoArray(c, c2 + COUNT);
    v22.intoArray(c, c2 + 2 * COUNT);
    v23.intoArray(c, c2 + 3 * COUNT);
    v30.intoArray(c, c3);
    v31.intoArray(c, c3 + COUNT);
    v32.intoArray(c, c3 + 2 * COUNT);
    v33.intoArray(c, c3 + 3 * COUNT);
  }

  /**
   * A tile that begins with a bias. Not the same method as {@link #tile4x4}: with a choice at each
   * sum it outgrows what the JIT inlines, and vectors become objects.
   */
  private static void anew4x4(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bRow,
      float[] bias,
      int biasAt,
      int biasStep,
      float[] c,
      int cAt,
      int cRow) {
    int c1 = cAt + cRow;
    int c2 = c1 + cRow;
    int c3 = c2 + cRow;
    FloatVector v00 = all(bias[biasAt]);
    FloatVector v01 = v00;
    FloatVector v02 = v00;
    FloatVector v03 = v00;
    FloatVector v10 = all(bias[biasAt + biasStep]);
    FloatVector v11 = v10;
    FloatVector v12 = v10;
    FloatVector v13 = v10;
    FloatVector v20 = all(bias[biasAt + 2 * biasStep]);
    FloatVector v21 = v20;
    FloatVector v22 = v20;
    FloatVector v23 = v20;
    FloatVector v30 = all(bias[biasAt + 3 * biasStep]);
    FloatVector v31 = v30;
    FloatVector v32 = v30;
    FloatVector v33 = v30;
    int a0 = aAt;
    int b0 = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector w0 = load(b, b0);
      FloatVector w1 = load(b, b0 + COUNT);
      FloatVector w2 = load(b, b0 + 2 * COUNT);
      FloatVector w3 = load(b, b0 + 3 * COUNT);
      FloatVector x = all(a[a0]);
      v00 = w0.fma(x, v00);
      v01 = w1.fma(x, v01);
      v02 = w2.fma(x, v02);
      v03 = w3.fma(x, v03);
      x = all(a[a0 + aRow]);
      v10 = w0.fma(x, v10);
      v11 = w1.fma(x, v11);
      v12 = w2.fma(x, v12);
      v13 = w3.fma(x, v13);
      x = all(a[a0 + 2 * aRow]);
      v20 = w0.fma(x, v20);
      v21 = w1.fma(x, v21);
      v22 = w2.fma(x, v22);
      v23 = w3.fma(x, v23);
      x = all(a[a0 + 3 * aRow]);
      v30 = w0.fma(x, v30);
      v31 = w1.fma(x, v31);
      v32 = w2.fma(x, v32);
      v33 = w3.fma(x, v33);
      a0 += aColumn;
      b0 += bRow;
    }
    v00.intoArray(c, cAt);
    v01.intoArray(c, cAt + COUNT);
    v02.intoArray(c, cAt + 2 * COUNT);
    v03.intoArray(c, cAt + 3 * COUNT);
    v10.intoArray(c, c1);
    v11.intoArray(c, c1 + COUNT);
    v12.intoArray(c, c1 + 2 * COUNT);
    v13.intoArray(c, c1 + 3 * COUNT);
    v20.intoArray(c, c2);
    v21.intoArray(c, c2 + COUNT);
    v22.intoArray(c, c2 + 2 * COUNT);
    v23.intoArray(c, c2 + 3 * COUNT);
    v30.intoArray(c, c3);
    v31.intoArray(c, c3 + COUNT);
    v32.intoArray(c, c3 + 2 * COUNT);
    v33.intoArray(c, c3 + 3 * COUNT);
  }

  private static void tile4x2(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow) {
    int c1 = cAt + cRow;
    int c2 = c1 + cRow;
    int c3 = c2 + cRow;
    FloatVector v00 = load(c, cAt);
    FloatVector v01 = load(c, cAt + COUNT);
    FloatVector v10 = load(c, c1);
    FloatVector v11 = load(c, c1 + COUNT);
    FloatVector v20 = load(c, c2);
    FloatVector v21 = load(c, c2 + COUNT);
    FloatVector v30 = load(c, c3);
    FloatVector v31 = load(c, c3 + COUNT);
    int a0 = aAt;
    int b0 = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector w0 = load(b, b0);
      FloatVector w1 = load(b, b0 + COUNT);
      FloatVector x = all(a[a0]);
      v00 = w0.fma(x, v00);
      v01 = w1.fma(x, v01);
      x = all(a[a0 + aRow]);
      v10 = w0.fma(x, v10);
      v11 = w1.fma(x, v11);
      x = all(a[a0 + 2 * aRow]);
      v20 = w0.fma(x, v20);
      v21 = w1.fma(x, v21);
      x = all(a[a0 + 3 * aRow]);
      v30 = w0.fma(x, v30);
      v31 = w1.fma(x, v31);
      a0 += aColumn;
      b0 += bRow;
    }
    v00.intoArray(c, cAt);
    v01.intoArray(c, cAt + COUNT);
    v10.intoArray(c, c1);
    v11.intoArray(c, c1 + COUNT);
    v20.intoArray(c, c2);
    v21.intoArray(c, c2 + COUNT);
    v30.intoArray(c, c3);
    v31.intoArray(c, c3 + COUNT);
  }

  private static void tile4x1(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector v0 = load(c, cAt);
    FloatVector v1 = load(c, cAt + cRow);
    FloatVector v2 = load(c, cAt + 2 * cRow);
    FloatVector v3 = load(c, cAt + 3 * cRow);
    int a0 = aAt;
    int b0 = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector w = load(b, b0);
      v0 = w.fma(all(a[a0]), v0);
      v1 = w.fma(all(a[a0 + aRow]), v1);
      v2 = w.fma(all(a[a0 + 2 * aRow]), v2);
      v3 = w.fma(all(a[a0 + 3 * aRow]), v3);
      a0 += aColumn;
      b0 += bRow;
    }
    v0.intoArray(c, cAt);
    v1.intoArray(c, cAt + cRow);
    v2.intoArray(c, cAt + 2 * cRow);
    v3.intoArray(c, cAt + 3 * cRow);
  }

  private static void tile1x4(
      int k, float[] a, int aAt, int aColumn, float[] b, int bAt, int bRow, float[] c, int cAt) {
    FloatVector v0 = load(c, cAt);
    FloatVector v1 = load(c, cAt + COUNT);
    FloatVector v2 = load(c, cAt + 2 * COUNT);
    FloatVector v3 = load(c, cAt + 3 * COUNT);
    int a0 = aAt;
    int b0 = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector x = all(a[a0]);
      v0 = load(b, b0).fma(x, v0);
      v1 = load(b, b0 + COUNT).fma(x, v1);
      v2 = load(b, b0 + 2 * COUNT).fma(x, v2);
      v3 = load(b, b0 + 3 * COUNT).fma(x, v3);
      a0 += aColumn;
      b0 += bRow;
    }
    v0.intoArray(c, cAt);
    v1.intoArray(c, cAt + COUNT);
    v2.intoArray(c, cAt + 2 * COUNT);
    v3.intoArray(c, cAt + 3 * COUNT);
  }

  private static void tile1x1(
      int k, float[] a, int aAt, int aColumn, float[] b, int bAt, int bRow, float[] c, int cAt) {
    FloatVector v = load(c, cAt);
    int a0 = aAt;
    int b0 = bAt;
    for (int p = 0; p < k; p++) {
      v = load(b, b0).fma(all(a[a0]), v);
      a0 += aColumn;
      b0 += bRow;
    }
    v.intoArray(c, cAt);
  }
}
