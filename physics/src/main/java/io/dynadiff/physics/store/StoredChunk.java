package io.dynadiff.physics.store;

/**
 * One chunk of a stored trajectory, as its header has it.
 *
 * @param file name of the file
 * @param firstFrame its first frame
 * @param frames number of frames
 * @param bytes bytes of values
 * @param crc32c CRC-32C of the values, 8 hexadecimal digits
 */
public record StoredChunk(String file, long firstFrame, int frames, long bytes, String crc32c) {

  static StoredChunk of(TrajectoryDirectory directory, ChunkHeader header) {
    return new StoredChunk(
        directory.chunk(header.chunk()).getFileName().toString(),
        header.firstFrame(),
        header.frames(),
        header.valueBytes(),
        String.format("%08x", header.valuesCrc()));
  }
}
