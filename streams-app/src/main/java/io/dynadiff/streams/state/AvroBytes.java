package io.dynadiff.streams.state;

import io.dynadiff.schemas.avro.FieldFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Plain Avro binary of one record type, for state stores.
 *
 * <p>Stores do not use the registry's framing, so that restoring state needs no registry. Not
 * thread-safe: one instance per processor.
 *
 * @param <T> the record type
 */
public final class AvroBytes<T extends SpecificRecord> {

  private static final Set<String> PACKAGES =
      Set.of(AvroBytes.class.getPackageName(), FieldFrame.class.getPackageName());

  static {
    // Avro refuses to load a record's class by name unless its package was declared trusted.
    ClassSecurityPredicate already = ClassSecurityValidator.getGlobal();
    ClassSecurityPredicate generated = type -> PACKAGES.contains(type.getPackageName());
    ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(already, generated));
  }

  private final String name;
  private final SpecificDatumWriter<T> writer;
  private final SpecificDatumReader<T> reader;
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  public AvroBytes(Class<T> type) {
    Schema schema = SpecificData.get().getSchema(type);
    this.name = schema.getName();
    this.writer = new SpecificDatumWriter<>(type);
    this.reader = new SpecificDatumReader<>(type);
  }

  /** Encodes a record. */
  public byte[] write(T value) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(256);
      encoder = EncoderFactory.get().binaryEncoder(out, encoder);
      writer.write(value, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": cannot be written", e);
    }
  }

  /**
   * Decodes a record.
   *
   * @throws IllegalStateException if the bytes are not one record of this type
   */
  public T read(byte[] bytes) {
    try {
      decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
      return reader.read(null, decoder);
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          name
              + ": expected one record of this schema in a state store, found "
              + bytes.length
              + " other bytes; run the release that wrote this state, or start afresh with"
              + " another --topic-prefix",
          e);
    }
  }

  /** Decodes a record out of a buffer, leaving the buffer's position alone. */
  public T read(ByteBuffer bytes) {
    return read(array(bytes));
  }

  /** Copies the remaining bytes of a buffer, leaving its position alone. */
  public static byte[] array(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
