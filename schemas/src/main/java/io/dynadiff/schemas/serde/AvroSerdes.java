package io.dynadiff.schemas.serde;

import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.subject.TopicNameStrategy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serdes for generated records in Confluent's wire format, by Confluent's own serializers.
 *
 * <p>The subject of a topic's values is the topic's name with "-value". Every serde returned is
 * ready for use, needs no further configuration, belongs to the caller, who closes it, and to one
 * thread at a time.
 *
 * @param registryUrl address of the Schema Registry, or {@code mock://scope} for tests
 * @param configuration further keys for Confluent's serializers, for example {@code
 *     basic.auth.user.info} or {@code schema.registry.ssl.truststore.location}
 */
public record AvroSerdes(String registryUrl, Map<String, String> configuration) {

  /** Magic byte and schema id. */
  private static final int HEADER_BYTES = 5;

  /** Keys that would change what is on the wire; they are not the user's to set. */
  private static final Set<String> FIXED =
      Set.of(
          AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG,
          AbstractKafkaSchemaSerDeConfig.VALUE_SUBJECT_NAME_STRATEGY,
          KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG);

  static {
    TrustedRecords.declare();
  }

  public AvroSerdes {
    if (registryUrl.isBlank()) {
      throw new IllegalArgumentException(
          "The Schema Registry's address is empty, expected for example http://localhost:8081.");
    }
    Set<String> refused = new TreeSet<>(configuration.keySet());
    refused.retainAll(FIXED);
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "%s may not be set: the records on the wire depend on it; remove it from the client properties."
              .formatted(refused));
    }
    configuration = Map.copyOf(configuration);
  }

  /** Returns serdes without further configuration. */
  public static AvroSerdes of(String registryUrl) {
    return new AvroSerdes(registryUrl, Map.of());
  }

  /** Returns a serde for record values of one type. */
  public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
    return Serdes.serdeFrom(serializer(type), deserializer(type));
  }

  /** Returns a serializer for record values; registers the type's schema on first use. */
  public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
    KafkaAvroSerializer confluent = new KafkaAvroSerializer();
    confluent.configure(properties(), false);
    return new ValueSerializer<>(confluent);
  }

  /**
   * Returns a deserializer for record values; null bytes become null.
   *
   * <p>It throws SerializationException where the bytes are not in the wire format, name a schema
   * that the registry does not know, do not follow it, or hold another type of record.
   */
  public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
    KafkaAvroDeserializer confluent = new KafkaAvroDeserializer();
    confluent.configure(properties(), false);
    return new ValueDeserializer<>(confluent, type);
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>(configuration);
    properties.put(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG, registryUrl);
    properties.put(
        AbstractKafkaSchemaSerDeConfig.VALUE_SUBJECT_NAME_STRATEGY,
        TopicNameStrategy.class.getName());
    properties.put(KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG, true);
    return properties;
  }

  /** Names the keys without their values, which may be secrets. */
  @Override
  public String toString() {
    return "AvroSerdes[registryUrl=%s, configuration=%s]"
        .formatted(registryUrl, new TreeSet<>(configuration.keySet()));
  }

  private record ValueSerializer<T extends SpecificRecord>(KafkaAvroSerializer confluent)
      implements Serializer<T> {

    @Override
    public byte[] serialize(String topic, T value) {
      return confluent.serialize(topic, value);
    }

    @Override
    public byte[] serialize(String topic, Headers headers, T value) {
      return confluent.serialize(topic, headers, value);
    }

    @Override
    public void close() {
      confluent.close();
    }
  }

  private record ValueDeserializer<T extends SpecificRecord>(
      KafkaAvroDeserializer confluent, Class<T> type) implements Deserializer<T> {

    @Override
    public T deserialize(String topic, byte[] bytes) {
      return cast(topic, confluent.deserialize(topic, checked(topic, bytes)));
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] bytes) {
      return cast(topic, confluent.deserialize(topic, headers, checked(topic, bytes)));
    }

    /** Confluent's deserializer runs off the end of a value that is shorter than its header. */
    private static byte[] checked(String topic, byte[] bytes) {
      if (bytes != null && bytes.length < HEADER_BYTES) {
        throw new SerializationException(
            "Topic %s: a value in the wire format has at least %d bytes, found %d."
                .formatted(topic, HEADER_BYTES, bytes.length));
      }
      return bytes;
    }

    private T cast(String topic, Object value) {
      if (value == null || type.isInstance(value)) {
        return type.cast(value);
      }
      throw new SerializationException(
          "Topic %s: expected a %s, found a %s; check who writes to the topic."
              .formatted(topic, type.getName(), value.getClass().getName()));
    }

    @Override
    public void close() {
      confluent.close();
    }
  }
}
