package io.dynadiff.tests.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Spoils a good frame in every way that admission must notice, without the application's code. */
final class SpoiledFrames {

  private SpoiledFrames() {}

  /** Returns the spoiled bytes by the reason for which they must be rejected, in sending order. */
  static Map<String, byte[]> of(byte[] good, RegistryReader reader) {
    Map<String, byte[]> spoiled = new LinkedHashMap<>();
    spoiled.put("EMPTY", new byte[0]);

    byte[] wrongMagicByte = good.clone();
    wrongMagicByte[0] = 1;
    spoiled.put("WRONG_MAGIC_BYTE", wrongMagicByte);

    byte[] unknownSchema = good.clone();
    ByteBuffer.wrap(unknownSchema).putInt(1, 987_654);
    spoiled.put("UNKNOWN_SCHEMA", unknownSchema);

    spoiled.put("MALFORMED_AVRO", Arrays.copyOf(good, good.length - 20));

    GenericRecord notFinite = reader.read(good);
    data(notFinite).order(ByteOrder.LITTLE_ENDIAN).putFloat(8, Float.POSITIVE_INFINITY);
    spoiled.put("NON_FINITE", write(good, notFinite));

    GenericRecord misshapen = reader.read(good);
    GenericRecord grid = (GenericRecord) misshapen.get("grid");
    grid.put("width", (Integer) grid.get("width") + 1);
    spoiled.put("SHAPE_MISMATCH", write(good, misshapen));

    GenericRecord unknownSystem = reader.read(good);
    unknownSystem.put("system", "no-such-system");
    spoiled.put("UNKNOWN_SYSTEM", write(good, unknownSystem));

    GenericRecord wrongKey = reader.read(good);
    wrongKey.put("environmentId", "somewhere/else");
    spoiled.put("KEY_MISMATCH", write(good, wrongKey));

    // Last, and unchanged: a frame that has been there already.
    spoiled.put("DUPLICATE", good);
    return spoiled;
  }

  static List<String> reasons() {
    return List.of(
        "EMPTY",
        "WRONG_MAGIC_BYTE",
        "UNKNOWN_SCHEMA",
        "MALFORMED_AVRO",
        "NON_FINITE",
        "SHAPE_MISMATCH",
        "UNKNOWN_SYSTEM",
        "KEY_MISMATCH",
        "DUPLICATE");
  }

  private static ByteBuffer data(GenericRecord frame) {
    return (ByteBuffer) ((GenericRecord) frame.get("field")).get("data");
  }

  /** The header of the good value, magic byte and schema id, before the changed record. */
  private static byte[] write(byte[] good, GenericRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(good, 0, 5);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericRecord>(record.getSchema(), new GenericData())
          .write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
