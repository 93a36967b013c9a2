package io.dynadiff.physics.recorded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A piece of a GRIB file, addressed by octet numbers that start at 1, as the WMO manual counts
 * them; big-endian, negative numbers as sign and magnitude.
 */
final class GribBytes {
  private final byte[] bytes;

  private GribBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a piece of a file.
   *
   * @throws RecordedDataException if the file ends before it
   */
  static GribBytes read(Path path, FileChannel channel, long position, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + buffer.position()) < 0) {
          throw new RecordedDataException(
              path
                  + ": expected "
                  + length
                  + " bytes at byte "
                  + position
                  + ", the file ends at "
                  + channel.size()
                  + "; it is truncated, copy it again");
        }
      }
    } catch (IOException e) {
      throw new RecordedDataException(path + ": cannot be read at byte " + position + ": " + e, e);
    }
    return new GribBytes(buffer.array());
  }

  /** Octets there are. */
  int length() {
    return bytes.length;
  }

  byte[] array() {
    return bytes;
  }

  /** Unsigned number of 1 to 8 octets. */
  long unsigned(int octet, int octets) {
    long value = 0;
    for (int i = 0; i < octets; i++) {
      value = value << 8 | bytes[octet - 1 + i] & 0xFF;
    }
    return value;
  }

  int octet(int octet) {
    return bytes[octet - 1] & 0xFF;
  }

  /** Number whose first bit is its sign. */
  long signed(int octet, int octets) {
    long value = unsigned(octet, octets);
    long sign = 1L << (8 * octets - 1);
    return (value & sign) == 0 ? value : -(value & (sign - 1));
  }

  /**
   * IBM's single precision, which GRIB-1 uses: base 16, exponent excess 64, 24 bits of fraction.
   */
  double ibmFloat(int octet) {
    int exponent = octet(octet) & 0x7F;
    double magnitude = unsigned(octet + 1, 3) * Math.pow(16, exponent - 70);
    return (octet(octet) & 0x80) == 0 ? magnitude : -magnitude;
  }

  float ieeeFloat(int octet) {
    return Float.intBitsToFloat((int) unsigned(octet, 4));
  }
}
