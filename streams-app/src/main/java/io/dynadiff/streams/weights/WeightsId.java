package io.dynadiff.streams.weights;

import io.dynadiff.schemas.avro.EnsembleMember;
import io.dynadiff.schemas.avro.ExpertWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Content-addressed names of weights. */
public final class WeightsId {

  private WeightsId() {}

  /** SHA-256 of the bytes of a weights tensor, lower-case hexadecimal. */
  public static String of(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What a record says its members' tensors hash to, best first. */
  static List<String> claimed(ExpertWeights record) {
    return Stream.concat(
            Stream.of(record.getWeightsId()),
            record.getMembers().stream().map(EnsembleMember::getWeightsId))
        .toList();
  }

  /** What they do hash to. */
  static List<String> computed(ExpertWeights record) {
    return Stream.concat(
            Stream.of(record.getWeights()),
            record.getMembers().stream().map(EnsembleMember::getWeights))
        .map(tensor -> of(tensor.getData()))
        .toList();
  }

  /** The same of weights that go as float32. */
  public static String of(float[] weights) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(weights.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(weights);
    return of(bytes);
  }
}
