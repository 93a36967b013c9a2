package io.dynadiff.physics.recorded;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Simple packing ("grid_simple"): value = (reference + integer 2^binaryScale) / 10^decimalScale.
 *
 * @param points points of the grid
 * @param bitmap byte at which the bitmap lies, one bit a point, or -1 where every point has a value
 * @param data byte at which the packed integers begin
 * @param dataBytes bytes of packed integers
 * @param bits bits of each integer, 0 to 32; 0 where every point has the reference value
 * @param reference smallest value, before the decimal scale
 * @param binaryScale power of 2
 * @param decimalScale power of 10
 */
record GribPacking(
    int points,
    long bitmap,
    long data,
    int dataBytes,
    int bits,
    double reference,
    int binaryScale,
    int decimalScale) {

  /** Values in the order of the message; NaN where the bitmap says there is none. */
  double[] unpack(Path path, FileChannel channel) {
    byte[] mask =
        bitmap < 0 ? null : GribBytes.read(path, channel, bitmap, (points + 7) / 8).array();
    int present = mask == null ? points : count(mask);
    long needed = ((long) present * bits + 7) / 8;
    if (needed > dataBytes) {
      throw new RecordedDataException(
          path
              + ": message at byte "
              + data
              + ": expected "
              + needed
              + " bytes for "
              + present
              + " values of "
              + bits
              + " bits, found "
              + dataBytes
              + "; the file is damaged");
    }
    byte[] packed = GribBytes.read(path, channel, data, (int) needed).array();
    double two = Math.pow(2, binaryScale);
    double ten = Math.pow(10, -decimalScale);
    double[] values = new double[points];
    long window = 0;
    int held = 0;
    int at = 0;
    long low = (1L << bits) - 1;
    for (int i = 0; i < points; i++) {
      if (mask != null && (mask[i >> 3] >> (7 - (i & 7)) & 1) == 0) {
        values[i] = Double.NaN;
        continue;
      }
      while (held < bits) {
        window = window << 8 | packed[at++] & 0xFF;
        held += 8;
      }
      held -= bits;
      values[i] = (reference + (window >>> held & low) * two) * ten;
    }
    return values;
  }

  private int count(byte[] mask) {
    byte[] whole = Arrays.copyOf(mask, mask.length);
    if ((points & 7) != 0) {
      whole[whole.length - 1] &= (byte) (0xFF << (8 - (points & 7)));
    }
    int present = 0;
    for (byte b : whole) {
      present += Integer.bitCount(b & 0xFF);
    }
    return present;
  }
}
