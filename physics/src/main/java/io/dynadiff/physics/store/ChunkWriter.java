package io.dynadiff.physics.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes the chunks of one trajectory, one after the other, through a buffer of one frame.
 *
 * <p>A chunk bears its name only once it is whole and on the disk, so that a kill at any time
 * leaves whole chunks. Not thread-safe; whoever opened it closes it.
 */
final class ChunkWriter implements AutoCloseable {
  private final TrajectoryDirectory directory;
  private final MetadataFile description;
  private final ByteBuffer frame;
  private final CRC32C crc = new CRC32C();
  private FileChannel channel;
  private int chunk;
  private int frames;

  ChunkWriter(TrajectoryDirectory directory, MetadataFile description) {
    this.directory = directory;
    this.description = description;
    this.frame =
        ByteBuffer.allocateDirect(description.metadata().frameBytes())
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Bytes of values held in memory: one frame, however long chunk and trajectory are. */
  int bufferBytes() {
    return frame.capacity();
  }

  /** Adds a frame, [channel, y, x], to a chunk; the last one finishes it. */
  void append(int index, float[] values) throws IOException {
    if (channel == null) {
      channel =
          FileChannel.open(
              TrajectoryDirectory.unfinished(directory.chunk(index)),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      channel.position(ChunkHeader.BYTES);
      crc.reset();
      chunk = index;
      frames = 0;
    }
    frame.clear();
    frame.asFloatBuffer().put(values);
    crc.update(frame);
    writeAll(frame.rewind());
    if (++frames == description.metadata().framesIn(chunk)) {
      finish();
    }
  }

  private void finish() throws IOException {
    channel.position(0);
    writeAll(
        ChunkHeader.expected(
                description.metadata(), description.sha256(), chunk, (int) crc.getValue())
            .encode());
    // On the disk before it gets its name: not even a power failure leaves half a chunk.
    channel.force(true);
    channel.close();
    channel = null;
    Path file = directory.chunk(chunk);
    Files.move(TrajectoryDirectory.unfinished(file), file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Leaves whole chunks; the one begun is dropped. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
      Files.deleteIfExists(TrajectoryDirectory.unfinished(directory.chunk(chunk)));
    }
  }
}
