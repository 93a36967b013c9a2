package io.dynadiff.cli.forecasts;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether anybody reads standard output any more. Behind {@code head} nobody does once it has its
 * lines; Java learns of that from a failed write only, and a feed that has ended brings nothing to
 * write. So the kernel is asked: poll(2) tells an error of a pipe whose reading end is closed.
 *
 * <p>Used by one thread.
 */
final class StandardOutput {

  private static final Logger LOG = LoggerFactory.getLogger(StandardOutput.class);
  private static final int DESCRIPTOR = 1;

  /** {@code struct pollfd} as two ints, little-endian: the descriptor; events and what came. */
  private static final int ERROR = 0x0008 << Short.SIZE;

  /** The part of the C library that is used. */
  interface CLibrary extends Library {

    /** How many descriptors have something to tell; -1 for a failure. */
    int poll(int[] descriptors, NativeLong count, int timeoutMs);
  }

  private final CLibrary library;

  /** Loads what is needed; where that fails, output counts as read until a write fails. */
  StandardOutput() {
    CLibrary loaded = null;
    try {
      loaded = Native.load("c", CLibrary.class);
    } catch (LinkageError e) {
      LOG.warn("Whether standard output is still read is only seen when a line comes: {}", e, e);
    }
    library = loaded;
  }

  /** Returns false once the reading end of a pipe is closed. */
  boolean isRead() {
    if (library == null) {
      return true;
    }
    int[] descriptor = {DESCRIPTOR, 0};
    return library.poll(descriptor, new NativeLong(1), 0) <= 0 || (descriptor[1] & ERROR) == 0;
  }
}
