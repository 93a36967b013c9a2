package io.dynadiff.models.safetensors;

import java.nio.ByteBuffer;

/**
 * How a file holds a number. Memory always holds float32; narrower formats round to the nearest
 * value they have, ties to the even one.
 */
public enum NumberFormat {

  /** IEEE binary32: as in memory. */
  FLOAT32("F32", 4) {
    @Override
    void put(ByteBuffer to, float value) {
      to.putFloat(value);
    }

    @Override
    float get(ByteBuffer from, int at) {
      return from.getFloat(at);
    }
  },

  /** IEEE binary16: 11 significant bits, up to 65504, steps of 6e-8 near 0. */
  FLOAT16("F16", 2) {
    @Override
    void put(ByteBuffer to, float value) {
      to.putShort(half(value));
    }

    @Override
    float get(ByteBuffer from, int at) {
      return single(from.getShort(at));
    }
  },

  /** The upper half of binary32: 8 significant bits, the whole range of float32. */
  BFLOAT16("BF16", 2) {
    @Override
    void put(ByteBuffer to, float value) {
      int bits = Float.floatToIntBits(value);
      // Rounding up must not turn what is no number into a number.
      int rounded = Float.isNaN(value) ? bits : bits + 0x7fff + (bits >>> 16 & 1);
      to.putShort((short) (rounded >>> 16));
    }

    @Override
    float get(ByteBuffer from, int at) {
      return Float.intBitsToFloat(from.getShort(at) << 16);
    }
  };

  private static final int HALF_INFINITY = 0x7c00;
  private static final int HALF_NAN = 0x7e00;

  /** Smallest magnitude with all 11 significant bits; below it steps stay the same. */
  private static final float SMALLEST_NORMAL = 0x1p-14f;

  private final String dtype;
  private final int bytes;

  NumberFormat(String dtype, int bytes) {
    this.dtype = dtype;
    this.bytes = bytes;
  }

  /** Name in the header of a safetensors file. */
  String dtype() {
    return dtype;
  }

  /** Bytes per number. */
  int bytes() {
    return bytes;
  }

  /** Appends a number; one too large for the format becomes infinite. */
  abstract void put(ByteBuffer to, float value);

  /** Reads the number at a byte offset. */
  abstract float get(ByteBuffer from, int at);

  private static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7fffffff;
    int half;
    if (Float.isNaN(value)) {
      half = HALF_NAN;
    } else if (Math.abs(value) < SMALLEST_NORMAL) {
      half = (int) Math.rint(Math.abs(value) * 0x1p24);
    } else {
      int rounded = magnitude + 0xfff + (magnitude >>> 13 & 1);
      half = Math.min((rounded >>> 13) - (112 << 10), HALF_INFINITY);
    }
    return (short) (sign | half);
  }

  private static float single(short half) {
    int exponent = half >>> 10 & 0x1f;
    int fraction = half & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
    }
    return half < 0 ? -magnitude : magnitude;
  }
}
