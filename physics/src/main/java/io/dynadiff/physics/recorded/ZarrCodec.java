package io.dynadiff.physics.recorded;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** The compressions of Zarr version 2 that this project reads; all of them in plain Java. */
final class ZarrCodec {
  private static final int LZ4_HEADER = 4;

  private ZarrCodec() {}

  /**
   * Unpacks one chunk.
   *
   * @param codec none, blosc, zlib, gzip, zstd or lz4
   * @param bytes bytes the chunk must have when unpacked
   * @throws IllegalArgumentException if the bytes are damaged or packed in another way
   */
  static byte[] unpack(String codec, byte[] packed, int bytes) {
    byte[] unpacked =
        switch (codec) {
          case "none" -> packed;
          case "blosc" -> Blosc.unpack(packed, bytes);
          case "zstd" -> decompress(new ZstdDecompressor(), packed, 0, packed.length, bytes);
          case "lz4" ->
              decompress(
                  new Lz4Decompressor(),
                  packed,
                  LZ4_HEADER,
                  Math.max(0, packed.length - LZ4_HEADER),
                  bytes);
          case "zlib" -> inflate(packed, 0, packed.length, bytes);
          case "gzip" -> gunzip(packed, bytes);
          default ->
              throw new IllegalArgumentException(
                  "expected compression none, blosc, zlib, gzip, zstd or lz4, found " + codec);
        };
    if (unpacked.length != bytes) {
      throw damaged(bytes, unpacked.length + " bytes");
    }
    return unpacked;
  }

  static byte[] decompress(
      Decompressor decompressor, byte[] packed, int offset, int length, int bytes) {
    byte[] out = new byte[bytes];
    try {
      int found = decompressor.decompress(packed, offset, length, out, 0, bytes);
      if (found != bytes) {
        throw damaged(bytes, found + " bytes");
      }
      return out;
    } catch (MalformedInputException | IndexOutOfBoundsException e) {
      throw damaged(bytes, e.getMessage());
    }
  }

  static byte[] inflate(byte[] packed, int offset, int length, int bytes) {
    return readAll(
        new InflaterInputStream(new ByteArrayInputStream(packed, offset, length)), bytes);
  }

  private static byte[] gunzip(byte[] packed, int bytes) {
    try {
      return readAll(new GZIPInputStream(new ByteArrayInputStream(packed)), bytes);
    } catch (IOException e) {
      throw damaged(bytes, e.getMessage());
    }
  }

  private static byte[] readAll(InputStream in, int bytes) {
    try (in) {
      // One byte more than expected is enough to know that there is too much.
      return in.readNBytes(bytes + 1);
    } catch (IOException e) {
      throw damaged(bytes, e.getMessage());
    }
  }

  private static IllegalArgumentException damaged(int bytes, String found) {
    return new IllegalArgumentException(
        "expected a chunk of "
            + bytes
            + " bytes when unpacked, found "
            + found
            + "; it is truncated or damaged, copy it again");
  }
}
