package io.dynadiff.models.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** What is written or decoded at once. */
  private static final int PART_BYTES = 1 << 20;

  /** What one array can hold. */
  private static final int MAX_VALUES = Integer.MAX_VALUE - 8;

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
    byte[] header = header(tensors, formatOf, Map.of());
    long size = header.length;
    for (NamedTensor tensor : tensors) {
      size += (long) formatOf.apply(tensor.name()).bytes() * tensor.values().length;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN).put(header);
    for (NamedTensor tensor : tensors) {
      put(bytes, tensor, formatOf.apply(tensor.name()), 0, tensor.values().length);
    }
    return bytes.array();
  }

  /** Writes tensors to a file in the given order, as float32; it may be larger than an array. */
  public static void write(Path file, List<NamedTensor> tensors) throws IOException {
    write(file, tensors, Map.of());
  }

  /**
   * Writes tensors to a file in the given order, as float32, with texts for whoever reads it.
   *
   * @param metadata what stands under {@code __metadata__}, in its order; nothing if empty
   */
  public static void write(Path file, List<NamedTensor> tensors, Map<String, String> metadata)
      throws IOException {
    NumberFormat format = NumberFormat.FLOAT32;
    ByteBuffer part = ByteBuffer.allocate(PART_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int most = PART_BYTES / format.bytes();
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(header(tensors, name -> format, metadata));
      for (NamedTensor tensor : tensors) {
        int length = tensor.values().length;
        for (int from = 0; from < length; from += Math.min(most, length - from)) {
          put(part.clear(), tensor, format, from, Math.min(length, from + most));
          out.write(part.array(), 0, part.position());
        }
      }
    }
  }

  /** Length of the header, and the header itself filled up with blanks. */
  private static byte[] header(
      List<NamedTensor> tensors,
      Function<String, NumberFormat> formatOf,
      Map<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = header.putObject("__metadata__");
      metadata.forEach(texts::put);
    }
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
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(json);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.array();
  }

  private static void put(
      ByteBuffer bytes, NamedTensor tensor, NumberFormat format, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = tensor.values()[i];
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
    try {
      return read(
          file.length, (at, length) -> ByteBuffer.wrap(file, (int) at, length).slice(), where);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file, which may be larger than an array.
   *
   * @throws IllegalArgumentException if anything is refused; the message names file and tensor
   */
  public static Map<String, NamedTensor> read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer part = ByteBuffer.allocate(MAX_HEADER_BYTES);
      return read(
          channel.size(),
          (at, length) -> {
            part.clear().limit(length);
            while (part.hasRemaining()) {
              if (channel.read(part, at + part.position()) < 0) {
                throw new EOFException(file + " has become shorter while it was read");
              }
            }
            return part.flip();
          },
          file.toString());
    }
  }

  /** Bytes of a file. */
  @FunctionalInterface
  private interface Bytes {

    /** So many bytes, at most {@link #MAX_HEADER_BYTES}; good until the next call. */
    ByteBuffer at(long begin, int length) throws IOException;
  }

  private static Map<String, NamedTensor> read(long size, Bytes bytes, String where)
      throws IOException {
    if (size < LENGTH_BYTES) {
      throw refuse(where, "expected at least 8 bytes, found " + size);
    }
    long headerLength = bytes.at(0, LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerLength < 2 || headerLength > MAX_HEADER_BYTES || headerLength > size - LENGTH_BYTES) {
      throw refuse(
          where,
          "expected a header of 2 to "
              + Math.min(MAX_HEADER_BYTES, size - LENGTH_BYTES)
              + " bytes, found "
              + headerLength);
    }
    byte[] json = new byte[(int) headerLength];
    bytes.at(LENGTH_BYTES, json.length).get(json);
    List<Entry> entries = entries(header(json, where), where);
    long data = LENGTH_BYTES + headerLength;
    return decode(size - data, (at, length) -> bytes.at(data + at, length), entries, where);
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
      long size, Bytes data, List<Entry> entries, String where) throws IOException {
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
      if (entry.end > size) {
        throw refuse(tensor, "expected data within " + size + " bytes, found end " + entry.end);
      }
      at = entry.end;
      tensors.put(entry.name, decode(data, entry, tensor));
    }
    if (at != size) {
      throw refuse(where, "expected " + at + " bytes of data, found " + size);
    }
    return tensors;
  }

  private static NamedTensor decode(Bytes data, Entry entry, String where) throws IOException {
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
    int bytes = entry.format.bytes();
    if (size / bytes > MAX_VALUES) {
      throw refuse(where, "expected at most " + MAX_VALUES + " values, found " + size / bytes);
    }
    float[] values = new float[(int) (size / bytes)];
    int most = PART_BYTES / bytes;
    for (int from = 0; from < values.length; from += Math.min(most, values.length - from)) {
      int count = Math.min(most, values.length - from);
      ByteBuffer part =
          data.at(entry.begin + (long) bytes * from, bytes * count).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        float value = entry.format.get(part, bytes * i);
        if (!Float.isFinite(value)) {
          throw refuse(where, "expected finite values, found " + value + " at index " + (from + i));
        }
        values[from + i] = value;
      }
    }
    return new NamedTensor(entry.name, entry.shape, values);
  }

  private static IllegalArgumentException refuse(String where, String what) {
    return new IllegalArgumentException(where + ": " + what);
  }
}
