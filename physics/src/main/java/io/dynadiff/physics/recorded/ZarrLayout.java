package io.dynadiff.physics.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a Zarr array is stored.
 *
 * @param shape lengths of the axes, slowest first
 * @param chunks lengths of a chunk along the axes
 * @param kind i, u or f as numpy says it; ? for what holds no numbers
 * @param bytes bytes of a number
 * @param order byte order
 * @param codec how chunks are compressed: none, blosc, zlib, gzip, zstd or lz4
 * @param fill value of chunks that are not there; null where there must be none
 * @param separator between the numbers of a chunk's name
 */
record ZarrLayout(
    int[] shape,
    int[] chunks,
    char kind,
    int bytes,
    ByteOrder order,
    String codec,
    Double fill,
    String separator) {
  private static final Pattern TYPE = Pattern.compile("([<>|])([iuf])([1248])");
  private static final int LARGEST_CHUNK = 1 << 29;

  /** Reads a .zarray document. */
  static ZarrLayout read(Path path, String name, JsonNode json) {
    require(path, name, "zarr_format", "2", json.path("zarr_format").asText());
    require(path, name, "order", "C", json.path("order").asText("C"));
    JsonNode filters = json.path("filters");
    if (!filters.isNull() && !filters.isMissingNode() && !filters.isEmpty()) {
      throw refused(path, name, "filters", "none", filters.toString());
    }
    Matcher type = TYPE.matcher(json.path("dtype").asText());
    boolean numbers = type.matches();
    int bytes = numbers ? Integer.parseInt(type.group(3)) : 1;
    int[] shape = lengths(path, name, "shape", json.path("shape"));
    int[] chunks = lengths(path, name, "chunks", json.path("chunks"));
    long size = bytes;
    for (int chunk : chunks) {
      size *= chunk;
      if (chunk < 1 || size > LARGEST_CHUNK) {
        throw refused(
            path,
            name,
            "chunks",
            "chunks of 1 to " + LARGEST_CHUNK + " bytes",
            json.path("chunks").toString());
      }
    }
    if (shape.length != chunks.length) {
      throw refused(path, name, "chunks", shape.length + " axes", "" + chunks.length);
    }
    return new ZarrLayout(
        shape,
        chunks,
        numbers ? type.group(2).charAt(0) : '?',
        bytes,
        numbers && type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        json.path("compressor").isNull()
            ? "none"
            : json.path("compressor").path("id").asText("none"),
        fill(json.path("fill_value")),
        json.path("dimension_separator").asText("."));
  }

  private static int[] lengths(Path path, String name, String key, JsonNode json) {
    if (!json.isArray()) {
      throw refused(path, name, key, "a list of lengths", json.toString());
    }
    int[] lengths = new int[json.size()];
    for (int i = 0; i < lengths.length; i++) {
      if (!json.get(i).canConvertToInt() || json.get(i).asInt() < 0) {
        throw refused(path, name, key, "lengths below 2^31", json.toString());
      }
      lengths[i] = json.get(i).asInt();
    }
    return lengths;
  }

  private static Double fill(JsonNode json) {
    if (json.isNumber()) {
      return json.asDouble();
    }
    return switch (json.asText("")) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }

  private static void require(Path path, String name, String key, String expected, String found) {
    if (!expected.equals(found)) {
      throw refused(path, name, key, expected, found);
    }
  }

  private static RecordedDataException refused(
      Path path, String name, String key, String expected, String found) {
    return new RecordedDataException(
        path + ": array " + name + ": " + key + ": expected " + expected + ", found " + found);
  }

  /** Bytes of one unpacked chunk. */
  int chunkBytes() {
    int size = bytes;
    for (int chunk : chunks) {
      size *= chunk;
    }
    return size;
  }

  boolean numeric() {
    return kind != '?' && !(kind == 'f' && bytes < 4);
  }

  /** One number of a chunk in the layout's byte order. */
  double number(ByteBuffer chunk, int index) {
    int at = index * bytes;
    return switch (kind) {
      case 'f' -> bytes == 4 ? chunk.getFloat(at) : chunk.getDouble(at);
      case 'i' ->
          switch (bytes) {
            case 1 -> chunk.get(at);
            case 2 -> chunk.getShort(at);
            case 4 -> chunk.getInt(at);
            default -> chunk.getLong(at);
          };
      default ->
          switch (bytes) {
            case 1 -> chunk.get(at) & 0xFF;
            case 2 -> chunk.getShort(at) & 0xFFFF;
            case 4 -> chunk.getInt(at) & 0xFFFFFFFFL;
            default -> chunk.getLong(at);
          };
    };
  }
}
