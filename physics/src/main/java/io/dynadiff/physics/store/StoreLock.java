package io.dynadiff.physics.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second writer out of a store; the operating system frees it when a writer is killed. */
record StoreLock(FileChannel channel) {

  static StoreLock acquire(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    if (!locked) {
      throw new IllegalStateException(
          root
              + ": expected no other writer in the store, found one at work; wait for it, or write"
              + " into another directory");
    }
    return new StoreLock(channel);
  }

  void close() throws IOException {
    channel.close();
  }
}
