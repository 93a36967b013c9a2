package io.dynadiff.producers.sensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Lines of UTF-8 text; a sender that never ends a line must not fill the memory. */
final class BoundedLines {
  private static final int LONGEST_LINE = 1 << 16;

  private final InputStream in;
  private final boolean mustEnd;

  /**
   * Reads from a stream that should be buffered; does not close it.
   *
   * @param mustEnd true where a last line without an end is one that was cut off
   */
  BoundedLines(InputStream in, boolean mustEnd) {
    this.in = in;
    this.mustEnd = mustEnd;
  }

  /**
   * The next line without its end; null after the last one.
   *
   * @throws IllegalArgumentException if the line is too long or cut off; it is skipped
   */
  String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long length = 0;
    while (true) {
      int b = in.read();
      if (b == '\n' || b < 0) {
        if (b < 0 && length == 0) {
          return null;
        }
        if (b < 0 && mustEnd) {
          throw new IllegalArgumentException(
              "expected a whole line, found " + length + " bytes of one that was cut off");
        }
        if (length > LONGEST_LINE) {
          throw new IllegalArgumentException(
              "expected lines of up to " + LONGEST_LINE + " bytes, found " + length);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      length++;
      if (length <= LONGEST_LINE) {
        line.write(b);
      }
    }
  }
}
