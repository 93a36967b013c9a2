package io.dynadiff.physics.recorded;

import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Blosc 1 containers: blocks of shuffled bytes, each compressed on its own.
 *
 * <pre>
 *   header (16) | where each block begins | block | block | ...
 *   block: length and bytes of each split; the bytes of one position within the numbers are a split
 * </pre>
 *
 * <p>Read with byte shuffle or none, and with lz4, zlib, zstd or snappy inside; bit shuffle and
 * blosclz are refused.
 */
final class Blosc {
  private static final int HEADER = 16;
  private static final int BYTE_SHUFFLE = 0x1;
  private static final int STORED = 0x2;
  private static final int BIT_SHUFFLE = 0x4;
  private static final int NOT_SPLIT = 0x10;
  private static final int MOST_SPLITS = 16;
  private static final int SMALLEST_SPLIT = 128;

  private final byte[] packed;
  private final ByteBuffer in;
  private final int codec;
  private final int flags;
  private final int typeBytes;
  private final int blockBytes;
  private final byte[] out;

  private Blosc(byte[] packed, int bytes) {
    this.packed = packed;
    this.in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    if (packed.length < HEADER) {
      throw new IllegalArgumentException(
          "expected a Blosc chunk, found " + packed.length + " bytes; it is truncated");
    }
    this.flags = packed[2] & 0xFF;
    this.codec = flags >> 5;
    this.typeBytes = Math.max(1, packed[3] & 0xFF);
    this.blockBytes = in.getInt(8);
    int unpackedBytes = in.getInt(4);
    int packedBytes = in.getInt(12);
    if (unpackedBytes != bytes || packedBytes != packed.length || blockBytes < 1) {
      throw new IllegalArgumentException(
          "expected a Blosc chunk of "
              + bytes
              + " bytes packed in "
              + packed.length
              + ", found "
              + unpackedBytes
              + " packed in "
              + packedBytes
              + "; it is truncated or damaged, copy it again");
    }
    if ((flags & BIT_SHUFFLE) != 0) {
      throw new IllegalArgumentException("expected byte shuffle or none, found bit shuffle");
    }
    this.out = new byte[bytes];
  }

  static byte[] unpack(byte[] packed, int bytes) {
    try {
      return new Blosc(packed, bytes).unpack();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalArgumentException(
          "expected a Blosc chunk of " + packed.length + " bytes, found a damaged one", e);
    }
  }

  private byte[] unpack() {
    if ((flags & STORED) != 0) {
      System.arraycopy(packed, HEADER, out, 0, out.length);
      return out;
    }
    int blocks = (int) (((long) out.length + blockBytes - 1) / blockBytes);
    for (int block = 0; block < blocks; block++) {
      int at = block * blockBytes;
      int size = Math.min(blockBytes, out.length - at);
      byte[] bytes = block(in.getInt(HEADER + 4 * block), size, size < blockBytes);
      if ((flags & BYTE_SHUFFLE) != 0 && typeBytes > 1) {
        unshuffle(bytes, at);
      } else {
        System.arraycopy(bytes, 0, out, at, size);
      }
    }
    return out;
  }

  private byte[] block(int begin, int size, boolean leftover) {
    boolean split =
        (flags & NOT_SPLIT) == 0
            && typeBytes <= MOST_SPLITS
            && blockBytes / typeBytes >= SMALLEST_SPLIT
            && !leftover;
    int splits = split ? typeBytes : 1;
    int splitBytes = size / splits;
    byte[] bytes = new byte[size];
    int at = begin;
    for (int i = 0; i < splits; i++) {
      int length = in.getInt(at);
      at += 4;
      byte[] part = split(at, length, splitBytes);
      System.arraycopy(part, 0, bytes, i * splitBytes, splitBytes);
      at += length;
    }
    return bytes;
  }

  private byte[] split(int at, int length, int bytes) {
    if (length < 0 || length > packed.length - at) {
      throw new IndexOutOfBoundsException(length);
    }
    if (length == bytes) {
      // What did not become smaller was stored as it is.
      return java.util.Arrays.copyOfRange(packed, at, at + length);
    }
    return switch (codec) {
      case 1 -> ZarrCodec.decompress(new Lz4Decompressor(), packed, at, length, bytes);
      case 2 -> ZarrCodec.decompress(new SnappyDecompressor(), packed, at, length, bytes);
      case 3 -> ZarrCodec.inflate(packed, at, length, bytes);
      case 4 -> ZarrCodec.decompress(new ZstdDecompressor(), packed, at, length, bytes);
      default ->
          throw new IllegalArgumentException(
              "expected lz4, snappy, zlib or zstd inside Blosc, found "
                  + (codec == 0 ? "blosclz" : "codec " + codec));
    };
  }

  /** Puts the bytes of each number back together; bytes beyond the last whole number stay. */
  private void unshuffle(byte[] bytes, int at) {
    int numbers = bytes.length / typeBytes;
    for (int b = 0; b < typeBytes; b++) {
      for (int i = 0; i < numbers; i++) {
        out[at + i * typeBytes + b] = bytes[b * numbers + i];
      }
    }
    int whole = numbers * typeBytes;
    System.arraycopy(bytes, whole, out, at + whole, bytes.length - whole);
  }
}
