package io.dynadiff.models.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes and strictly reads safetensors of floating-point numbers: 8 bytes of header length, a JSON
 * header, the data.
 *
 * <p>Reading checks every bound before it allocates: the engine library's own reader takes
 * overlapping tensors and offsets beyond the file. Refused are a header that is too long or no
 * JSON, any type but F32, F16 and BF16, offsets that overlap, leave a gap or do not end with the
 * file, a shape that does not match its bytes, and values that are not finite.
 */
public final class Safetensors {

  private static final int LENGTH_BYTES = 8;
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final int MAX_AXES = 8;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Safetensors() {}

  /** Encodes tensors in the given order, as float32. */
  public static byte[] write(List<NamedTensor> tensors) {
    return write(tensors, name -> NumberFormat.FLOAT32);
  }

  /**
   * Encodes tensors in the given order.
   *
   * @param formatOf the format of each tensor, by its name
   * @throws IllegalArgumentException if a finite value is too large for its tensor's format
   */
  public static byte[] write(List<NamedTensor> tensors, Function<String, NumberFormat> formatOf) {
    ObjectNode header = JSON.createObjectNode();
    long at = 0;
    for (NamedTensor tensor : tensors) {
      ObjectNode entry = header.putObject(tensor.name());
      NumberFormat format = formatOf.apply(tensor.name());
      entry.put("dtype", format.dtype());
      ArrayNode shape = entry.putArray("shape");
      for (long axis : tensor.shape()) {
        shape.add(axis);
      }
      long end = at + (long) format.bytes() * tensor.values().length;
      entry.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(LENGTH_BYTES + padded + at))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(json);
    for (int i = json.length; i < padded; i++) {
      bytes.put((byte) ' ');
    }
    for (NamedTensor tensor : tensors) {
      put(bytes, tensor, formatOf.apply(tensor.name()));
    }
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, NamedTensor tensor, NumberFormat format) {
    for (float value : tensor.values()) {
      int at = bytes.position();
      format.put(bytes, value);
      if (Float.isInfinite(format.get(bytes, at)) && Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "tensor "
                + tensor.name()
                + ": expected values that "
                + format
                + " can hold, found "
                + value
                + "; store it as "
                + NumberFormat.BFLOAT16
                + " or "
                + NumberFormat.FLOAT32);
      }
    }
  }

  /**
   * Decodes a whole file.
   *
   * @param where names the file in error messages
   * @throws IllegalArgumentException if anything is refused; the message names file and tensor
   */
  public static Map<String, NamedTensor> read(byte[] file, String where) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < LENGTH_BYTES) {
      throw refuse(where, "expected at least 8 bytes, found " + file.length);
    }
    long headerLength = bytes.getLong();
    if (headerLength < 2
        || headerLength > MAX_HEADER_BYTES
        || headerLength > file.length - LENGTH_BYTES) {
      throw refuse(
          where,
          "expected a header of 2 to "
              + Math.min(MAX_HEADER_BYTES, file.length - LENGTH_BYTES)
              + " bytes, found "
              + headerLength);
    }
    byte[] json = new byte[(int) headerLength];
    bytes.get(json);
    List<Entry> entries = entries(header(json, where), where);
    return decode(bytes.slice().order(ByteOrder.LITTLE_ENDIAN), entries, where);
  }

  private record Entry(String name, NumberFormat format, long[] shape, long begin, long end) {}

  private static JsonNode header(byte[] json, String where) {
    try {
      JsonNode header = JSON.readTree(new String(json, StandardCharsets.UTF_8));
      if (!header.isObject()) {
        throw refuse(where, "expected a JSON object as header, found " + header.getNodeType());
      }
      return header;
    } catch (JsonProcessingException e) {
      throw refuse(where, "expected JSON in the header: " + e.getOriginalMessage());
    }
  }

  private static List<Entry> entries(JsonNode header, String where) {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals("__metadata__")) {
        continue;
      }
      String tensor = where + ", tensor " + field.getKey();
      JsonNode value = field.getValue();
      NumberFormat format = format(value.path("dtype"), tensor);
      long[] shape = longs(value.path("shape"), tensor + ", shape");
      long[] offsets = longs(value.path("data_offsets"), tensor + ", data_offsets");
      if (shape.length > MAX_AXES || offsets.length != 2 || offsets[1] < offsets[0]) {
        throw refuse(tensor, "expected at most 8 axes and two rising offsets, found " + value);
      }
      entries.add(new Entry(field.getKey(), format, shape, offsets[0], offsets[1]));
    }
    return entries;
  }

  private static NumberFormat format(JsonNode dtype, String where) {
    for (NumberFormat format : NumberFormat.values()) {
      if (format.dtype().equals(dtype.asText())) {
        return format;
      }
    }
    throw refuse(where, "expected dtype F32, F16 or BF16, found " + dtype);
  }

  private static long[] longs(JsonNode array, String where) {
    if (!array.isArray()) {
      throw refuse(where, "expected a list, found " + array);
    }
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = array.get(i);
      if (!value.canConvertToExactIntegral() || !value.canConvertToLong() || value.asLong() < 0) {
        throw refuse(where, "expected whole numbers of at least 0, found " + value);
      }
      values[i] = value.asLong();
    }
    return values;
  }

  private static Map<String, NamedTensor> decode(
      ByteBuffer data, List<Entry> entries, String where) {
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    long at = 0;
    for (Entry entry : entries) {
      String tensor = where + ", tensor " + entry.name;
      if (entry.begin != at) {
        throw refuse(
            tensor,
            "expected data from offset " + at + " on (no gap, no overlap), found " + entry.begin);
      }
      if (entry.end > data.capacity()) {
        throw refuse(
            tensor, "expected data within " + data.capacity() + " bytes, found end " + entry.end);
      }
      at = entry.end;
      tensors.put(entry.name, decode(data, entry, tensor));
    }
    if (at != data.capacity()) {
      throw refuse(where, "expected " + at + " bytes of data, found " + data.capacity());
    }
    return tensors;
  }

  private static NamedTensor decode(ByteBuffer data, Entry entry, String where) {
    long size = 1;
    try {
      for (long axis : entry.shape) {
        size = Math.multiplyExact(size, axis);
      }
      size = Math.multiplyExact(size, entry.format.bytes());
    } catch (ArithmeticException e) {
      throw refuse(where, "expected a shape that fits the file, found one that overflows");
    }
    if (size != entry.end - entry.begin) {
      throw refuse(
          where, "expected " + size + " bytes for its shape, found " + (entry.end - entry.begin));
    }
    float[] values = new float[(int) (size / entry.format.bytes())];
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.format.get(data, (int) entry.begin + entry.format.bytes() * i);
      if (!Float.isFinite(values[i])) {
        throw refuse(where, "expected finite values, found " + values[i] + " at index " + i);
      }
    }
    return new NamedTensor(entry.name, entry.shape, values);
  }

  private static IllegalArgumentException refuse(String where, String what) {
    return new IllegalArgumentException(where + ": " + what);
  }
}
