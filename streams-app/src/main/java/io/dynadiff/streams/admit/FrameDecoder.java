package io.dynadiff.streams.admit;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.wire.RegistryOutage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Reads frames in Confluent's wire format (magic byte 0, schema id, Avro binary) and says exactly
 * what is wrong with bytes that are not one.
 *
 * <p>It talks to the registry itself, because admission must tell a schema that does not exist (the
 * sender's fault: reject) from a registry that does not answer (nobody's fault: stop and try
 * again); a deserializer throws the same exception for both. Not thread-safe.
 */
public final class FrameDecoder {

  private static final int HEADER = 1 + Integer.BYTES;

  private final SchemaRegistryClient registry;
  private final Map<Integer, SpecificDatumReader<FieldFrame>> readers = new HashMap<>();

  public FrameDecoder(SchemaRegistryClient registry) {
    this.registry = registry;
  }

  /**
   * Decodes one record value.
   *
   * @throws UnacceptableFrameException if the value is not a frame
   * @throws RegistryUnavailableException if the registry gives no verdict on the schema id
   */
  public FieldFrame decode(byte[] value) throws UnacceptableFrameException {
    if (value == null || value.length == 0) {
      throw new UnacceptableFrameException(
          RejectionReason.EMPTY, "expected a FieldFrame, found no bytes");
    }
    // The broker's limit is on compressed batches: what comes out of one can be far larger.
    if (value.length > Topic.FRAMES.maxMessageBytes()) {
      throw new UnacceptableFrameException(
          RejectionReason.TOO_LARGE,
          "expected at most "
              + Topic.FRAMES.maxMessageBytes()
              + " bytes uncompressed, found "
              + value.length);
    }
    if (value[0] != 0) {
      throw new UnacceptableFrameException(
          RejectionReason.WRONG_MAGIC_BYTE,
          "expected magic byte 0 first, found " + Byte.toUnsignedInt(value[0]));
    }
    if (value.length < HEADER) {
      throw malformed("expected a schema id of 4 bytes, found " + (value.length - 1), null);
    }
    SpecificDatumReader<FieldFrame> reader = reader(ByteBuffer.wrap(value).getInt(1));
    try {
      BinaryDecoder decoder =
          DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
      FieldFrame frame = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw malformed("expected the value to end with the frame, found bytes after it", null);
      }
      return frame;
    } catch (IOException | RuntimeException e) {
      throw malformed("expected a FieldFrame in " + value.length + " bytes, found " + e, e);
    }
  }

  private SpecificDatumReader<FieldFrame> reader(int id) throws UnacceptableFrameException {
    SpecificDatumReader<FieldFrame> known = readers.get(id);
    if (known != null) {
      return known;
    }
    SpecificDatumReader<FieldFrame> reader =
        new SpecificDatumReader<>(schema(id), FieldFrame.getClassSchema());
    readers.put(id, reader);
    return reader;
  }

  private Schema schema(int id) throws UnacceptableFrameException {
    try {
      ParsedSchema parsed = registry.getSchemaById(id);
      if (parsed instanceof AvroSchema avro) {
        return avro.rawSchema();
      }
      throw new UnacceptableFrameException(
          RejectionReason.UNKNOWN_SCHEMA,
          "expected an Avro schema under id " + id + ", found " + parsed.schemaType());
    } catch (RestClientException e) {
      if (RegistryOutage.saysNotFound(e)) {
        throw new UnacceptableFrameException(
            RejectionReason.UNKNOWN_SCHEMA,
            "expected a schema id that the registry knows, found " + id,
            e);
      }
      throw new RegistryUnavailableException(id, e);
    } catch (IOException e) {
      throw new RegistryUnavailableException(id, e);
    }
  }

  private static UnacceptableFrameException malformed(String detail, Throwable cause) {
    return new UnacceptableFrameException(RejectionReason.MALFORMED_AVRO, detail, cause);
  }
}
