package io.dynadiff.tests.connect;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;

/**
 * Brings Avro values of different origin to one form: texts, numbers, bytes as hexadecimal digits,
 * instants as microseconds since 1970, records as maps.
 */
final class PlainValues {

  private PlainValues() {}

  static Map<String, Object> of(IndexedRecord row) {
    Map<String, Object> fields = new TreeMap<>();
    row.getSchema().getFields().forEach(f -> fields.put(f.name(), value(row.get(f.pos()))));
    return fields;
  }

  private static Object value(Object value) {
    if (value instanceof IndexedRecord row) {
      return of(row);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(PlainValues::value).toList();
    }
    if (value instanceof CharSequence
        || value instanceof Enum
        || value instanceof GenericEnumSymbol) {
      return value.toString();
    }
    if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return HexFormat.of().formatHex(copy);
    }
    if (value instanceof Instant instant) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
    return value;
  }
}
