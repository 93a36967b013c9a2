package io.dynadiff.streams.shift;

import java.nio.ByteBuffer;

/**
 * What a shift detector remembers of one environment.
 *
 * @param weightsVersion version of the expert that the rest refers to, -1 for none
 * @param lastSequence sequence of the newest error, -1 for none
 * @param samples errors that the reference has been learnt from
 * @param logReference natural logarithm of the error that the expert usually has
 * @param statistic evidence for a change, at least 0
 * @param onsetSequence first sequence of the present run of evidence
 * @param quietUntil no change is reported up to this sequence
 * @param quietSamples errors seen in the quiet time
 * @param quietLogSum sum of their logarithms
 */
public record ShiftMemory(
    long weightsVersion,
    long lastSequence,
    int samples,
    double logReference,
    double statistic,
    long onsetSequence,
    long quietUntil,
    int quietSamples,
    double quietLogSum) {

  /** Nothing is known. */
  public static final ShiftMemory NONE = new ShiftMemory(-1, -1, 0, 0, 0, -1, -1, 0, 0);

  private static final byte FORMAT = 1;
  private static final int BYTES = 1 + 4 * Long.BYTES + 2 * Integer.BYTES + 3 * Double.BYTES;

  /** Encodes the memory for a state store. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .put(FORMAT)
        .putLong(weightsVersion)
        .putLong(lastSequence)
        .putInt(samples)
        .putDouble(logReference)
        .putDouble(statistic)
        .putLong(onsetSequence)
        .putLong(quietUntil)
        .putInt(quietSamples)
        .putDouble(quietLogSum)
        .array();
  }

  /**
   * Decodes {@link #toBytes()}; null is {@link #NONE}.
   *
   * @throws IllegalStateException if the bytes are of another format
   */
  public static ShiftMemory fromBytes(byte[] bytes) {
    if (bytes == null) {
      return NONE;
    }
    if (bytes.length != BYTES || bytes[0] != FORMAT) {
      throw new IllegalStateException(
          "shift memory: expected "
              + BYTES
              + " bytes of format "
              + FORMAT
              + ", found "
              + bytes.length
              + " bytes; state written by another version must be reset");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, BYTES - 1);
    return new ShiftMemory(
        in.getLong(),
        in.getLong(),
        in.getInt(),
        in.getDouble(),
        in.getDouble(),
        in.getLong(),
        in.getLong(),
        in.getInt(),
        in.getDouble());
  }
}
