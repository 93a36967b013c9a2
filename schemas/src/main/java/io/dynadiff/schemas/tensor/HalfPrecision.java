package io.dynadiff.schemas.tensor;

/**
 * Conversions between binary32 and the two 16-bit formats of the wire.
 *
 * <p>Both directions follow IEEE 754: to the nearest value, ties to even; overflow becomes
 * infinity; NaN stays NaN. (The JDK has these conversions only since version 20.)
 */
final class HalfPrecision {

  private HalfPrecision() {}

  /** Returns the bits of the binary16 number nearest to {@code value}. */
  static short toFloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 0x47800000) { // 65536 and above, infinity included
      return (short) (sign | 0x7c00);
    }
    if (magnitude >= 0x38800000) { // normal in binary16: rebias the exponent, round 13 bits off
      int rounded = magnitude + 0x0fff + ((magnitude >>> 13) & 1);
      return (short) (sign | ((rounded - 0x38000000) >>> 13));
    }
    if (magnitude < 0x33000000) { // below half of the smallest subnormal
      return (short) sign;
    }
    // Subnormal: the mantissa with its hidden bit, shifted to units of 2^-24.
    int shift = 126 - (magnitude >>> 23);
    int mantissa = (magnitude & 0x7fffff) | 0x800000;
    int kept = mantissa >>> shift;
    int dropped = mantissa & ((1 << shift) - 1);
    int half = 1 << (shift - 1);
    if (dropped > half || (dropped == half && (kept & 1) == 1)) {
      kept++;
    }
    return (short) (sign | kept);
  }

  /** Returns the value of the binary16 number with these bits; exact. */
  static float fromFloat16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1f;
    int mantissa = bits & 0x3ff;
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (mantissa << 13));
    }
    if (exponent == 0) {
      float magnitude = mantissa * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (mantissa << 13));
  }

  /** Returns the bits of the bfloat16 number nearest to {@code value}. */
  static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if ((bits & 0x7fffffff) > 0x7f800000) {
      return (short) ((bits >>> 16) | 0x0040);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /** Returns the value of the bfloat16 number with these bits; exact. */
  static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
