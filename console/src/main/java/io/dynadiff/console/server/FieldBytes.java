package io.dynadiff.console.server;

import io.dynadiff.console.state.FieldSet;
import io.dynadiff.console.state.Form;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fields as a browser takes them: the length of a JSON header in four bytes, the header, and the
 * numbers as float32, all little-endian.
 *
 * <pre>
 *   | uint32 n | n bytes of JSON, blanks at the end to a multiple of four | float32 ... |
 * </pre>
 *
 * The header's {@code parts} name the arrays in order, with offsets counted in numbers. A lead
 * whose truth is not there is NaN throughout.
 */
final class FieldBytes {

  /** One array; axes are [lead, channel, y, x], of single frames [channel, y, x]. */
  private record Part(String name, int offset, int length) {}

  private record Header(
      Form form,
      String runId,
      long issueSequence,
      long issueTimeMs,
      long intervalMs,
      List<Integer> leadSteps,
      List<Boolean> truthKnown,
      long version,
      String weightsId,
      int members,
      List<Part> parts) {}

  private record FrameHeader(
      Form form, String runId, long sequence, long eventTimeMs, List<Part> parts) {}

  private FieldBytes() {}

  /** One frame; its only part is {@code frame} [channel, y, x]. */
  static byte[] of(FieldFrame frame) {
    float[] values = TensorCodec.decode(frame.getField());
    return bytes(
        new FrameHeader(
            Form.of(frame),
            frame.getRunId(),
            frame.getSequence(),
            frame.getEventTime().toEpochMilli(),
            List.of(new Part("frame", 0, values.length))),
        List.of(values));
  }

  static byte[] of(FieldSet fields) {
    Form form = fields.form();
    int frameSize = form.channels().size() * form.height() * form.width();
    List<Part> parts = new ArrayList<>();
    List<float[]> arrays = new ArrayList<>();
    add(parts, arrays, "mean", TensorCodec.decode(fields.mean()));
    add(parts, arrays, "truth", truths(fields, frameSize));
    if (fields.spread() != null) {
      add(parts, arrays, "spread", TensorCodec.decode(fields.spread()));
    }
    if (fields.issue() != null) {
      add(parts, arrays, "issue", TensorCodec.decode(fields.issue()));
    }
    return bytes(
        new Header(
            form,
            fields.runId(),
            fields.issueSequence(),
            fields.issueTimeMs(),
            fields.intervalMs(),
            fields.leadSteps(),
            fields.truths().stream().map(truth -> truth != null).toList(),
            fields.version(),
            fields.weightsId(),
            fields.members(),
            parts),
        arrays);
  }

  private static byte[] bytes(Object description, List<float[]> arrays) {
    byte[] header = Json.bytes(description);
    int padded = (header.length + 3) / 4 * 4;
    int numbers = arrays.stream().mapToInt(array -> array.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(4 + padded + 4 * numbers).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(padded).put(header);
    while (bytes.position() < 4 + padded) {
      bytes.put((byte) ' ');
    }
    for (float[] array : arrays) {
      bytes.asFloatBuffer().put(array);
      bytes.position(bytes.position() + 4 * array.length);
    }
    return bytes.array();
  }

  private static float[] truths(FieldSet fields, int frameSize) {
    float[] all = new float[fields.truths().size() * frameSize];
    Arrays.fill(all, Float.NaN);
    for (int lead = 0; lead < fields.truths().size(); lead++) {
      Tensor truth = fields.truths().get(lead);
      if (truth != null) {
        float[] values = TensorCodec.decode(truth);
        System.arraycopy(values, 0, all, lead * frameSize, Math.min(values.length, frameSize));
      }
    }
    return all;
  }

  private static void add(List<Part> parts, List<float[]> arrays, String name, float[] array) {
    int offset = arrays.stream().mapToInt(one -> one.length).sum();
    parts.add(new Part(name, offset, array.length));
    arrays.add(array);
  }
}
