package io.dynadiff.producers.sensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is being appended to: at its end a reader waits for more, until it is closed. */
final class GrowingFile extends InputStream {
  private static final long LOOK_AGAIN_MILLIS = 100;

  private final Path file;
  private final FileChannel channel;

  GrowingFile(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      while (true) {
        int read = channel.read(ByteBuffer.wrap(bytes, offset, length));
        if (read >= 0) {
          return read;
        }
        if (channel.size() < channel.position()) {
          throw new IOException(
              file
                  + " has become shorter: expected at least "
                  + channel.position()
                  + " bytes, found "
                  + channel.size());
        }
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
    } catch (ClosedChannelException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
