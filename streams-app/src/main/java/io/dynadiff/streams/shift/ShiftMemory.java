package io.dynadiff.streams.shift;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is remembered of one environment's errors.
 *
 * @param detector whose evidence it holds
 * @param weightsVersion version of the expert that the rest refers to, -1 for none
 * @param lastSequence sequence of the newest error, -1 for none
 * @param stillSequence sequence of the newest frame that repeated the one before it, -1 for none
 * @param samples errors that the reference has been learnt from
 * @param logReference natural logarithm of the error that the expert usually has
 * @param quietUntil no change is reported up to this sequence
 * @param quietSamples errors seen in the quiet time
 * @param quietLogSum sum of their logarithms
 * @param evidence the detector's own numbers
 */
public record ShiftMemory(
    DetectorKind detector,
    long weightsVersion,
    long lastSequence,
    long stillSequence,
    int samples,
    double logReference,
    long quietUntil,
    int quietSamples,
    double quietLogSum,
    List<Double> evidence) {

  /** Layout of the bytes; format 1 knew one detector only. */
  private static final byte FORMAT = 2;

  private static final int FIXED_BYTES =
      2 * Byte.BYTES + 4 * Long.BYTES + 2 * Integer.BYTES + 2 * Double.BYTES;

  public ShiftMemory {
    evidence = List.copyOf(evidence);
  }

  /** Nothing is known. */
  public static ShiftMemory none(DetectorKind detector) {
    return new ShiftMemory(detector, -1, -1, -1, 0, 0, -1, 0, 0, List.of());
  }

  /** Encodes the memory for a state store. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(FIXED_BYTES + evidence.size() * Double.BYTES)
            .put(FORMAT)
            .put((byte) detector.ordinal())
            .putLong(weightsVersion)
            .putLong(lastSequence)
            .putLong(stillSequence)
            .putLong(quietUntil)
            .putInt(samples)
            .putInt(quietSamples)
            .putDouble(logReference)
            .putDouble(quietLogSum);
    evidence.forEach(bytes::putDouble);
    return bytes.array();
  }

  /**
   * Decodes {@link #toBytes()} for a detector.
   *
   * <p>Null, and what a release with one detector wrote, is {@link #none}: a few errors teach it
   * again. The evidence of another detector is left out, since its numbers mean something else.
   *
   * @throws IllegalStateException if the bytes are of a format that is not known
   */
  public static ShiftMemory fromBytes(byte[] bytes, DetectorKind detector) {
    if (bytes == null || (bytes.length > 0 && bytes[0] == 1)) {
      return none(detector);
    }
    int numbers = (bytes.length - FIXED_BYTES) / Double.BYTES;
    if (bytes.length < FIXED_BYTES
        || bytes.length != FIXED_BYTES + numbers * Double.BYTES
        || bytes[0] != FORMAT) {
      throw new IllegalStateException(
          "shift memory: expected format "
              + FORMAT
              + " in "
              + FIXED_BYTES
              + " bytes and whole numbers after them, found "
              + (bytes.length == 0 ? "no" : "format " + bytes[0] + " in " + bytes.length)
              + " bytes; run the release that wrote it, or begin with an empty state directory and"
              + " another topic prefix");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    boolean own = in.get() == detector.ordinal();
    long weightsVersion = in.getLong();
    long lastSequence = in.getLong();
    long stillSequence = in.getLong();
    long quietUntil = in.getLong();
    int samples = in.getInt();
    int quietSamples = in.getInt();
    double logReference = in.getDouble();
    double quietLogSum = in.getDouble();
    List<Double> evidence =
        own ? IntStream.range(0, numbers).mapToObj(i -> in.getDouble()).toList() : List.of();
    return new ShiftMemory(
        detector,
        weightsVersion,
        lastSequence,
        stillSequence,
        samples,
        logReference,
        quietUntil,
        quietSamples,
        quietLogSum,
        evidence);
  }
}
