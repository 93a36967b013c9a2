package io.dynadiff.kernels;

import static io.dynadiff.kernels.Lanes.COUNT;
import static io.dynadiff.kernels.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * GELU, x times the normal distribution function of x, and its slope.
 *
 * <p>With the slope, the distribution function is Abramowitz and Stegun's 26.2.17, whose error is
 * below 7.5e-8. Its exponential is 2^n times a polynomial for the fraction, and gives the slope as
 * well. Without, it is a half and an odd quotient of polynomials, which takes half the operations.
 * Stateless.
 *
 * <p>Each is one method that calls the vectors' own methods only: those the JIT always inlines,
 * where it may decline a method of ours, and what is not inlined has its vectors in objects.
 */
public final class Gelu {

  private static final float DENSITY_AT_0 = 0.3989422804014327f;
  private static final float P = 0.2316419f;
  private static final float B1 = 0.319381530f;
  private static final float B2 = -0.356563782f;
  private static final float B3 = 1.781477937f;
  private static final float B4 = -1.821255978f;
  private static final float B5 = 1.330274429f;

  /** Beyond this the density is 0 in single precision, whatever else. */
  private static final float FAR = 13f;

  /** Added to a small number, leaves its nearest integer in the lowest bits. */
  private static final float ROUNDING = 12582912f;

  private static final float LOG2_E = 1.4426950408889634f;

  /** ln(2)^n / n!. */
  private static final float C1 = 0.6931471805599453f;

  private static final float C2 = 0.2402265069591007f;
  private static final float C3 = 0.05550410866482158f;
  private static final float C4 = 0.009618129107628477f;
  private static final float C5 = 0.0013333558146428443f;
  private static final float C6 = 0.00015403530393381608f;

  private static final int SIGN = 0x80000000;

  /** Of 5.5: beyond it the distribution function is 0 or 1 in single precision. */
  private static final int EDGE_BITS = 0x40b00000;

  /*
   * Distribution function minus a half, over x: a quotient of polynomials in x^2 whose largest
   * error times x, up to the edge, is as small as it can be for these degrees, 7.2e-9 (fitted by
   * weighted least squares with Lawson's weights).
   */
  private static final float N0 = 0.398942232131958f;
  private static final float N1 = 0.03385263681411743f;
  private static final float N2 = 0.00467725982889533f;
  private static final float N3 = 0.00016882549971342087f;
  private static final float N4 = 6.3521083575324155e-06f;
  private static final float N5 = 2.2749363282059676e-08f;
  private static final float D1 = 0.25152188539505005f;
  private static final float D2 = 0.028645865619182587f;
  private static final float D3 = 0.0018844440346583724f;
  private static final float D4 = 7.364739576587453e-05f;
  private static final float D5 = 1.1975031384281465e-06f;

  private Gelu() {}

  /**
   * Replaces values by their GELU.
   *
   * @param length a multiple of {@link Lanes#COUNT}
   */
  public static void apply(float[] values, int from, int length) {
    for (int i = from; i < from + length; i += COUNT) {
      FloatVector x = FloatVector.fromArray(SPECIES, values, i);
      FloatVector size = x.abs();
      // As integers positive floats order alike, and a minimum is one instruction, NaN or not.
      FloatVector near = size.reinterpretAsInts().min(EDGE_BITS).reinterpretAsFloats();
      FloatVector square = near.mul(near);
      FloatVector top =
          square.fma(FloatVector.broadcast(SPECIES, N5), FloatVector.broadcast(SPECIES, N4));
      FloatVector bottom =
          square.fma(FloatVector.broadcast(SPECIES, D5), FloatVector.broadcast(SPECIES, D4));
      top = top.fma(square, FloatVector.broadcast(SPECIES, N3));
      bottom = bottom.fma(square, FloatVector.broadcast(SPECIES, D3));
      top = top.fma(square, FloatVector.broadcast(SPECIES, N2));
      bottom = bottom.fma(square, FloatVector.broadcast(SPECIES, D2));
      top = top.fma(square, FloatVector.broadcast(SPECIES, N1));
      bottom = bottom.fma(square, FloatVector.broadcast(SPECIES, D1));
      top = top.fma(square, FloatVector.broadcast(SPECIES, N0));
      bottom = bottom.fma(square, FloatVector.broadcast(SPECIES, 1f));
      // What the distribution function of the size is above a half; x / 2 is the other half.
      FloatVector above = top.mul(near).div(bottom);
      size.fma(above, x.mul(0.5f)).intoArray(values, i);
    }
  }

  /**
   * Replaces values by their GELU and writes its slope there to the same places of another array.
   *
   * @param length a multiple of {@link Lanes#COUNT}
   */
  public static void apply(float[] values, int from, float[] slopes, int slopesFrom, int length) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < length; i += COUNT) {
      FloatVector x = FloatVector.fromArray(SPECIES, values, from + i);
      FloatVector size = x.abs();
      FloatVector near = size.min(FAR);
      FloatVector exponent = near.mul(near).mul(-0.5f * LOG2_E);
      FloatVector shifted = exponent.add(ROUNDING);
      FloatVector fraction = exponent.sub(shifted.sub(ROUNDING));
      FloatVector power = fraction.mul(C6).add(C5);
      power = power.fma(fraction, FloatVector.broadcast(SPECIES, C4));
      power = power.fma(fraction, FloatVector.broadcast(SPECIES, C3));
      power = power.fma(fraction, FloatVector.broadcast(SPECIES, C2));
      power = power.fma(fraction, FloatVector.broadcast(SPECIES, C1));
      power = power.fma(fraction, one);
      // The integer part goes into the exponent's bits.
      IntVector scale = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector density =
          power.reinterpretAsInts().add(scale).reinterpretAsFloats().mul(DENSITY_AT_0);

      FloatVector t = one.div(size.fma(FloatVector.broadcast(SPECIES, P), one));
      FloatVector tail = t.mul(B5).add(B4);
      tail = tail.fma(t, FloatVector.broadcast(SPECIES, B3));
      tail = tail.fma(t, FloatVector.broadcast(SPECIES, B2));
      tail = tail.fma(t, FloatVector.broadcast(SPECIES, B1));
      FloatVector half = FloatVector.broadcast(SPECIES, 0.5f).sub(tail.mul(t).mul(density));
      // With the sign of x.
      IntVector sign = x.reinterpretAsInts().and(SIGN);
      FloatVector distribution = half.reinterpretAsInts().or(sign).reinterpretAsFloats().add(0.5f);
      x.mul(distribution).intoArray(values, from + i);
      x.fma(density, distribution).intoArray(slopes, slopesFrom + i);
    }
  }
}
