package io.dynadiff.physics.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A chunk file mapped into memory.
 *
 * @param index number of the chunk
 * @param values all its values, [frame, channel, y, x]
 */
record MappedChunk(int index, FloatBuffer values) {

  /** Checks everything about a chunk but its values, which are not read; returns its header. */
  static ChunkHeader requireWhole(
      TrajectoryDirectory directory, MetadataFile description, int index) {
    Path file = directory.chunk(index);
    try (FileChannel channel = open(file)) {
      return header(file, channel, description, index);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Maps a chunk.
   *
   * @param verified true if its checksum has been verified before
   * @throws TrajectoryFormatException if anything about it is not as described
   */
  static MappedChunk map(
      TrajectoryDirectory directory, MetadataFile description, int index, boolean verified) {
    Path file = directory.chunk(index);
    try (FileChannel channel = open(file)) {
      ChunkHeader header = header(file, channel, description, index);
      ByteBuffer bytes =
          channel
              .map(FileChannel.MapMode.READ_ONLY, ChunkHeader.BYTES, header.valueBytes())
              .order(ByteOrder.LITTLE_ENDIAN);
      if (!verified) {
        requireChecksum(file, bytes, header);
      }
      return new MappedChunk(index, bytes.rewind().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new TrajectoryFormatException(
          file + ": expected a chunk, found no file; run the writer again");
    }
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  private static ChunkHeader header(
      Path file, FileChannel channel, MetadataFile description, int index) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(ChunkHeader.BYTES);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    if (bytes.hasRemaining()) {
      throw new TrajectoryFormatException(
          file
              + ": expected a header of "
              + ChunkHeader.BYTES
              + " bytes, found a file of "
              + bytes.position()
              + "; delete the file and run the writer again");
    }
    return ChunkHeader.decode(
        file,
        bytes,
        channel.size(),
        ChunkHeader.expected(description.metadata(), description.sha256(), index, 0));
  }

  private static void requireChecksum(Path file, ByteBuffer values, ChunkHeader header) {
    CRC32C crc = new CRC32C();
    crc.update(values);
    if ((int) crc.getValue() != header.valuesCrc()) {
      throw new TrajectoryFormatException(
          String.format(
              "%s: expected checksum %08x of %d bytes of values, found %08x; delete the file and"
                  + " run the writer again",
              file, header.valuesCrc(), header.valueBytes(), (int) crc.getValue()));
    }
  }
}
