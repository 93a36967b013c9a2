package io.dynadiff.physics.store;

import io.dynadiff.physics.field.FieldShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The first 128 bytes of a chunk file, little-endian; the values follow.
 *
 * <pre>
 *   0  magic DYNATRAJ         28  channels, y, x (int32 each)   84  zeros
 *   8  version (int32)        40  bytes of values (int64)      124  CRC-32C of bytes 0..123
 *  12  chunk (int32)          48  SHA-256 of trajectory.json
 *  16  first frame (int64)    80  CRC-32C of the values
 *  24  frames (int32)
 * </pre>
 *
 * @param metadataSha256 which description the values belong to, 32 bytes
 */
record ChunkHeader(
    int chunk,
    long firstFrame,
    int frames,
    FieldShape shape,
    byte[] metadataSha256,
    int valuesCrc) {
  static final int BYTES = 128;
  static final int VERSION = 1;

  private static final byte[] MAGIC = "DYNATRAJ".getBytes(StandardCharsets.US_ASCII);
  private static final int CRC_POSITION = BYTES - 4;
  private static final String AGAIN = "; delete the file and run the writer again";

  /** The header that a chunk of a trajectory must have. */
  static ChunkHeader expected(
      TrajectoryMetadata metadata, byte[] metadataSha256, int chunk, int valuesCrc) {
    return new ChunkHeader(
        chunk,
        metadata.firstFrame(chunk),
        metadata.framesIn(chunk),
        metadata.shape(),
        metadataSha256,
        valuesCrc);
  }

  /** Bytes of the values that follow. */
  long valueBytes() {
    return 4L * frames * shape.size();
  }

  ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).putInt(VERSION).putInt(chunk).putLong(firstFrame).putInt(frames);
    bytes.putInt(shape.channels()).putInt(shape.height()).putInt(shape.width());
    bytes.putLong(valueBytes()).put(metadataSha256).putInt(valuesCrc);
    return bytes.putInt(CRC_POSITION, crc(bytes)).clear();
  }

  /**
   * Reads a header strictly.
   *
   * @param bytes the first 128 bytes of the file
   * @param fileBytes length of the file
   * @param expected what the header must say, but for the checksum of the values
   * @throws TrajectoryFormatException if anything is not as expected
   */
  static ChunkHeader decode(Path file, ByteBuffer bytes, long fileBytes, ChunkHeader expected) {
    bytes.order(ByteOrder.LITTLE_ENDIAN).rewind();
    byte[] magic = new byte[MAGIC.length];
    bytes.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new TrajectoryFormatException(
          file
              + ": expected a chunk of a trajectory, which begins with "
              + HexFormat.of().formatHex(MAGIC)
              + ", found "
              + HexFormat.of().formatHex(magic)
              + AGAIN);
    }
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new TrajectoryFormatException(
          file
              + ": expected format version "
              + VERSION
              + ", found "
              + version
              + "; read it with the release that wrote it, or write it anew");
    }
    int crc = crc(bytes);
    if (bytes.getInt(CRC_POSITION) != crc) {
      throw new TrajectoryFormatException(
          String.format(
              "%s: expected header checksum %08x as stored at byte %d, found %08x%s",
              file, bytes.getInt(CRC_POSITION), CRC_POSITION, crc, AGAIN));
    }
    int chunk = bytes.getInt();
    long firstFrame = bytes.getLong();
    int frames = bytes.getInt();
    int channels = bytes.getInt();
    int height = bytes.getInt();
    int width = bytes.getInt();
    long valueBytes = bytes.getLong();
    requireSizes(file, frames, channels, height, width, valueBytes);
    byte[] sha256 = new byte[32];
    bytes.get(sha256);
    ChunkHeader found =
        new ChunkHeader(
            chunk,
            firstFrame,
            frames,
            new FieldShape(channels, height, width),
            sha256,
            bytes.getInt());
    found.requireSame(file, expected);
    if (fileBytes != BYTES + valueBytes) {
      throw new TrajectoryFormatException(
          file + ": expected " + (BYTES + valueBytes) + " bytes, found " + fileBytes + AGAIN);
    }
    return found;
  }

  private static void requireSizes(
      Path file, int frames, int channels, int height, int width, long valueBytes) {
    String found =
        String.format("[frame, channel, y, x] = [%d, %d, %d, %d]", frames, channels, height, width);
    if (frames < 1 || channels < 1 || height < 1 || width < 1) {
      throw new TrajectoryFormatException(
          file + ": expected every axis to be at least 1, found " + found + AGAIN);
    }
    long bytes;
    try {
      bytes = Math.multiplyExact(Math.multiplyExact(channels, height), width);
      bytes = Math.multiplyExact(bytes, 4L * frames);
    } catch (ArithmeticException e) {
      bytes = Long.MAX_VALUE;
    }
    if (bytes > TrajectoryMetadata.MOST_CHUNK_BYTES) {
      throw new TrajectoryFormatException(
          file
              + ": expected at most "
              + TrajectoryMetadata.MOST_CHUNK_BYTES
              + " bytes of values, found "
              + found
              + AGAIN);
    }
    if (bytes != valueBytes) {
      throw new TrajectoryFormatException(
          file
              + ": expected "
              + bytes
              + " bytes of values for "
              + found
              + ", found "
              + valueBytes
              + AGAIN);
    }
  }

  private void requireSame(Path file, ChunkHeader expected) {
    if (!Arrays.equals(metadataSha256, expected.metadataSha256)) {
      HexFormat hex = HexFormat.of();
      throw new TrajectoryFormatException(
          file
              + ": expected a chunk of the "
              + TrajectoryDirectory.METADATA
              + " beside it, SHA-256 "
              + hex.formatHex(expected.metadataSha256)
              + ", found one of "
              + hex.formatHex(metadataSha256)
              + "; one of them was changed or copied here: restore it, or write the trajectory"
              + " anew");
    }
    if (chunk != expected.chunk
        || firstFrame != expected.firstFrame
        || frames != expected.frames
        || !shape.equals(expected.shape)) {
      throw new TrajectoryFormatException(
          file + ": expected " + expected.place() + ", found " + place() + AGAIN);
    }
  }

  private String place() {
    return "chunk " + chunk + " with " + frames + " frames from " + firstFrame + " of " + shape;
  }

  private static int crc(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().position(0).limit(CRC_POSITION));
    return (int) crc.getValue();
  }
}
