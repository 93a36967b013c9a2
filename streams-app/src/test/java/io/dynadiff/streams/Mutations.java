package io.dynadiff.streams;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Record values as a faulty or hostile sender would write them: changed from valid ones, or noise.
 */
final class Mutations {

  /** Magic byte and schema id. */
  private static final int HEADER = 5;

  private final Random random;
  private final List<byte[]> valid;

  /**
   * Makes mutations.
   *
   * @param valid values in the wire format to start from, of any types
   */
  Mutations(Random random, List<byte[]> valid) {
    this.random = random;
    this.valid = List.copyOf(valid);
  }

  /** A value to send instead of this one; may be null, and may be valid. */
  byte[] next(byte[] base) {
    byte[] value = base.clone();
    return switch (random.nextInt(10)) {
      case 0 -> noise();
      case 1 -> Arrays.copyOf(value, random.nextInt(value.length));
      case 2 -> Arrays.copyOf(value, value.length + 1 + random.nextInt(20));
      case 3 -> flipped(value, 1);
      case 4 -> flipped(value, 1 + random.nextInt(16));
      case 5 -> moved(value);
      case 6 -> huge(value);
      case 7 -> extreme(value);
      case 8 -> valid.get(random.nextInt(valid.size())).clone();
      default -> random.nextInt(4) == 0 ? null : otherHeader(value);
    };
  }

  private byte[] noise() {
    byte[] noise = new byte[random.nextInt(300)];
    random.nextBytes(noise);
    if (noise.length > HEADER && random.nextBoolean()) {
      System.arraycopy(valid.get(0), 0, noise, 0, HEADER);
    }
    return noise;
  }

  private byte[] flipped(byte[] value, int bits) {
    for (int i = 0; i < bits; i++) {
      value[position(value)] ^= (byte) (1 << random.nextInt(8));
    }
    return value;
  }

  private byte[] moved(byte[] value) {
    int length = random.nextInt(value.length - HEADER);
    int from = HEADER + random.nextInt(value.length - HEADER - length + 1);
    int to = HEADER + random.nextInt(value.length - HEADER - length + 1);
    System.arraycopy(value.clone(), from, value, to, length);
    return value;
  }

  /** Puts a number of many bytes where a length, a count or a branch may stand. */
  private byte[] huge(byte[] value) {
    byte[] number = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) random.nextInt()};
    int at = position(value);
    System.arraycopy(number, 0, value, at, Math.min(number.length, value.length - at));
    return value;
  }

  /** Writes a number that is not finite, or too large, over four or eight bytes. */
  private byte[] extreme(byte[] value) {
    int bits = random.nextBoolean() ? 0xffffffff : 0x7f800000;
    for (int i = 0, at = position(value); i < 4 && at + i < value.length; i++) {
      value[at + i] = (byte) (bits >> (8 * i));
    }
    return value;
  }

  private byte[] otherHeader(byte[] value) {
    if (random.nextBoolean()) {
      value[0] = (byte) random.nextInt();
    } else {
      ByteBuffer.wrap(value).putInt(1, random.nextInt(12));
    }
    return value;
  }

  /** A position in the record itself; what is left of it says nothing but which type it is. */
  private int position(byte[] value) {
    return HEADER + random.nextInt(value.length - HEADER);
  }
}
