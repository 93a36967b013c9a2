package io.dynadiff.kernels;

import static io.dynadiff.kernels.Lanes.COUNT;
import static io.dynadiff.kernels.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** What one thread of the processor can do at best, for kernels to be held against. Stateless. */
public final class Limits {

  static final int ROUNDS = 1 << 10;
  static final int CHAINS = 12;

  /** Multiplications and additions of one call of {@link #multiplyAndAdd}. */
  public static final long OPERATIONS = 2L * ROUNDS * CHAINS * COUNT;

  private Limits() {}

  /**
   * Multiplies and adds in registers alone, in enough independent chains that no result is waited
   * for.
   *
   * @param factor what every chain adds in every round
   */
  public static float multiplyAndAdd(float factor) {
    FloatVector x = FloatVector.broadcast(SPECIES, factor);
    FloatVector y = FloatVector.broadcast(SPECIES, 1f);
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector e = a;
    FloatVector f = a;
    FloatVector g = a;
    FloatVector h = a;
    FloatVector i = a;
    FloatVector j = a;
    FloatVector k = a;
    FloatVector l = a;
    for (int round = 0; round < ROUNDS; round++) {
      a = x.fma(y, a);
      b = x.fma(y, b);
      c = x.fma(y, c);
      d = x.fma(y, d);
      e = x.fma(y, e);
      f = x.fma(y, f);
      g = x.fma(y, g);
      h = x.fma(y, h);
      i = x.fma(y, i);
      j = x.fma(y, j);
      k = x.fma(y, k);
      l = x.fma(y, l);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
    return sum.add(g).add(h).add(i).add(j).add(k).add(l).reduceLanes(VectorOperators.ADD);
  }

  /**
   * Reads an array once and adds it up.
   *
   * @param values as many as four vectors, or a multiple of that
   */
  public static float read(float[] values) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int i = 0; i < values.length; i += 4 * COUNT) {
      a = a.add(FloatVector.fromArray(SPECIES, values, i));
      b = b.add(FloatVector.fromArray(SPECIES, values, i + COUNT));
      c = c.add(FloatVector.fromArray(SPECIES, values, i + 2 * COUNT));
      d = d.add(FloatVector.fromArray(SPECIES, values, i + 3 * COUNT));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }
}
