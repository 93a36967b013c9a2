package io.dynadiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProductsTest {

  /** Float sums of up to 64 products of numbers of order one. */
  private static final float TOLERANCE = 2e-5f;

  private final Random random = new Random(1);

  @Test
  void shouldEqualThePlainSumWhenRowsAndColumnsFillNoWholeTiles() {
    for (int m : new int[] {1, 3, 4, 9}) {
      for (int vectors : new int[] {1, 2, 3, 5, 7}) {
        for (int k : new int[] {1, 2, 13}) {
          assertProduct(m, vectors * Lanes.COUNT, k);
        }
      }
    }
  }

  @Test
  void shouldBeginWithTheBiasWhateverWasThereWhenAssigned() {
    for (int m : new int[] {1, 4, 9}) {
      for (int vectors : new int[] {1, 3, 4, 9}) {
        int n = vectors * Lanes.COUNT;
        int k = 5;
        float[] a = drawn(m * k);
        float[] b = drawn(k * n);
        float[] bias = drawn(2 * m);
        float[] c = new float[m * n];
        Arrays.fill(c, Float.NaN);
        float[] expected = new float[m * n];
        for (int i = 0; i < m; i++) {
          Arrays.fill(expected, i * n, (i + 1) * n, bias[2 * i]);
        }
        Products.add(m, n, k, a, 0, k, 1, b, 0, n, expected, 0, n);
        Products.assign(m, n, k, a, 0, k, 1, b, 0, n, bias, 0, 2, c, 0, n);
        assertThat(c).containsExactly(expected, within(TOLERANCE));
      }
    }
  }

  private void assertProduct(int m, int n, int k) {
    float[] a = drawn(3 + m * (k + 2));
    float[] b = drawn(5 + k * (n + 1));
    float[] c = drawn(7 + m * (n + 3));
    float[] expected = c.clone();
    float[] transposed = c.clone();
    float[] turned = new float[m * k];
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        turned[p * m + i] = a[3 + i * (k + 2) + p];
        for (int j = 0; j < n; j++) {
          expected[7 + i * (n + 3) + j] += a[3 + i * (k + 2) + p] * b[5 + p * (n + 1) + j];
        }
      }
    }
    Products.add(m, n, k, a, 3, k + 2, 1, b, 5, n + 1, c, 7, n + 3);
    Products.add(m, n, k, turned, 0, 1, m, b, 5, n + 1, transposed, 7, n + 3);
    assertThat(c).containsExactly(expected, within(TOLERANCE));
    assertThat(transposed).containsExactly(expected, within(TOLERANCE));
  }

  @Test
  void shouldEqualThePlainSumWhenRowsAreMultipliedByRows() {
    int k = 4 * Lanes.COUNT;
    for (int m : new int[] {1, 2, 5}) {
      for (int n : new int[] {1, 4, 6}) {
        float[] a = drawn(m * k);
        float[] b = drawn(n * k);
        float[] c = drawn(m * (n + 1));
        float[] expected = c.clone();
        for (int i = 0; i < m; i++) {
          for (int p = 0; p < k; p++) {
            expected[i * (n + 1) + n] += a[i * k + p];
            for (int j = 0; j < n; j++) {
              expected[i * (n + 1) + j] += a[i * k + p] * b[j * k + p];
            }
          }
        }
        RowProducts.addRowsTimesRows(m, n, k, a, 0, k, b, 0, k, c, 0, n + 1);
        RowProducts.addRowSums(m, k, a, 0, k, c, n, n + 1);
        assertThat(c).containsExactly(expected, within(TOLERANCE));
      }
    }
  }

  private float[] drawn(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
