package io.dynadiff.streams.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of state stores, ordered by their parts.
 *
 * <p>Texts are preceded by their length, so that no environment's keys fall into another's range
 * whatever its name; numbers are big-endian and non-negative, so that the order of bytes is the
 * order of numbers.
 */
public final class StoreKey {

  private StoreKey() {}

  /** Key of an environment's single entry, and prefix of its numbered ones. */
  public static Bytes of(String environmentId) {
    return Bytes.wrap(text(environmentId));
  }

  /** Key of an environment's entry with a number (an ordinal or a sequence). */
  public static Bytes of(String environmentId, long number) {
    return Bytes.wrap(join(text(environmentId), longs(number)));
  }

  /** Key of an entry of one run of an environment, with a sequence and a smaller number. */
  public static Bytes of(String environmentId, String runId, long sequence, long minor) {
    return Bytes.wrap(join(text(environmentId), text(runId), longs(sequence, minor)));
  }

  /** First number of a key made by {@link #of(String, long)}. */
  public static long number(Bytes key) {
    return ByteBuffer.wrap(key.get()).getLong(key.get().length - Long.BYTES);
  }

  /** Environment of any key. */
  public static String environment(Bytes key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.get());
    int length = bytes.getInt();
    return new String(key.get(), Integer.BYTES, length, StandardCharsets.UTF_8);
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8).array();
  }

  private static byte[] longs(long... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
    for (long number : numbers) {
      if (number < 0) {
        throw new IllegalArgumentException(
            "store key: expected a number of at least 0, found " + number);
      }
      bytes.putLong(number);
    }
    return bytes.array();
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
