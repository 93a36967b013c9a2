package io.dynadiff.streams.role;

import java.nio.file.Path;

/** A process was given the state directory of another one that still runs. */
public final class StateDirectoryInUse extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param directory the state directory
   * @param application whose state lies there
   * @param cause what Kafka Streams said
   */
  StateDirectoryInUse(Path directory, String application, Throwable cause) {
    super(
        directory
            + ": expected a state directory of its own for every process, found the one in which"
            + " another process keeps the state of "
            + application
            + "; end that, or give another --state-dir",
        cause);
  }
}
