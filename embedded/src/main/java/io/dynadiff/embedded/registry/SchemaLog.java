package io.dynadiff.embedded.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import io.dynadiff.schemas.kafka.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The compacted topic that keeps schemas and compatibility levels, in the format of Confluent's
 * registry: keys SCHEMA (subject, version) and CONFIG (subject), JSON on both sides.
 *
 * <p>One process writes it; each write returns when the broker has it. Not for use by two threads
 * at once. The caller closes.
 */
final class SchemaLog implements AutoCloseable {

  private static final String TOPIC = "_schemas";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final ObjectMapper json = new ObjectMapper();
  private final KafkaProducer<String, String> producer;

  private SchemaLog(KafkaProducer<String, String> producer) {
    this.producer = producer;
  }

  /** What the log says, in the order it was written. */
  interface Listener {
    void schema(RegisteredSchema schema);

    void schemaRemoved(String subject, int version);

    /** Empty subject: the level of every subject without its own; empty level: none any more. */
    void compatibility(Optional<String> subject, Optional<CompatibilityLevel> level);
  }

  /** Opens the log, creating the topic if need be, and tells the listener all it holds. */
  static SchemaLog open(KafkaConnection connection, Listener listener) {
    createTopic(connection);
    Properties properties = connection.producerProperties();
    properties.put("client.id", "schema-registry");
    SchemaLog log =
        new SchemaLog(
            new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer()));
    try {
      log.replay(connection, listener);
      return log;
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  void append(RegisteredSchema schema) {
    ObjectNode value =
        json.createObjectNode()
            .put("subject", schema.subject())
            .put("version", schema.version())
            .put("id", schema.id())
            .put("schema", schema.schema())
            .put("deleted", schema.deleted());
    if (!schema.references().isEmpty()) {
      ArrayNode references = value.putArray("references");
      for (SchemaReference reference : schema.references()) {
        references
            .addObject()
            .put("name", reference.getName())
            .put("subject", reference.getSubject())
            .put("version", reference.getVersion());
      }
    }
    write(schemaKey(schema.subject(), schema.version()), value);
  }

  void remove(String subject, int version) {
    write(schemaKey(subject, version), null);
  }

  void append(Optional<String> subject, Optional<CompatibilityLevel> level) {
    ObjectNode key = json.createObjectNode().put("keytype", "CONFIG");
    key.put("subject", subject.orElse(null)).put("magic", 0);
    write(
        key,
        level.map(l -> json.createObjectNode().put("compatibilityLevel", l.name)).orElse(null));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private ObjectNode schemaKey(String subject, int version) {
    return json.createObjectNode()
        .put("keytype", "SCHEMA")
        .put("subject", subject)
        .put("version", version)
        .put("magic", 1);
  }

  private void write(ObjectNode key, ObjectNode value) {
    try {
      producer
          .send(
              new ProducerRecord<>(
                  TOPIC, 0, key.toString(), value == null ? null : value.toString()))
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException("Topic %s: the write of %s failed".formatted(TOPIC, key), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Topic %s: interrupted while writing".formatted(TOPIC), e);
    }
  }

  private void replay(KafkaConnection connection, Listener listener) {
    Properties properties = connection.consumerProperties();
    properties.put("client.id", "schema-registry");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
      while (consumer.position(PARTITION) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          tell(listener, record);
        }
      }
    }
  }

  private void tell(Listener listener, ConsumerRecord<String, String> record) {
    try {
      JsonNode key = json.readTree(record.key());
      JsonNode value = record.value() == null ? null : json.readTree(record.value());
      switch (key.path("keytype").asText()) {
        case "SCHEMA" -> {
          String subject = key.get("subject").asText();
          int version = key.get("version").asInt();
          if (value == null) {
            listener.schemaRemoved(subject, version);
          } else {
            listener.schema(schema(subject, version, value));
          }
        }
        case "CONFIG" ->
            listener.compatibility(
                Optional.ofNullable(key.get("subject"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText),
                Optional.ofNullable(value)
                    .map(v -> CompatibilityLevel.forName(v.get("compatibilityLevel").asText())));
        default -> {
          // NOOP and other records of Confluent's registry carry nothing that is kept here.
        }
      }
    } catch (JsonProcessingException e) {
      throw new KafkaException(
          "%s@%d is not JSON: %s; the data directory is damaged, or not a registry's."
              .formatted(PARTITION, record.offset(), e.getOriginalMessage()),
          e);
    }
  }

  private static RegisteredSchema schema(String subject, int version, JsonNode value) {
    List<SchemaReference> references = new ArrayList<>();
    for (JsonNode reference : value.path("references")) {
      references.add(
          new SchemaReference(
              reference.get("name").asText(),
              reference.get("subject").asText(),
              reference.get("version").asInt()));
    }
    return new RegisteredSchema(
        subject,
        version,
        value.get("id").asInt(),
        value.get("schema").asText(),
        references,
        value.path("deleted").asBoolean(false));
  }

  private static void createTopic(KafkaConnection connection) {
    try (Admin admin = Admin.create(connection.adminProperties())) {
      NewTopic topic =
          new NewTopic(TOPIC, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException("Topic %s could not be created".formatted(TOPIC), e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while creating topic " + TOPIC, e);
    }
  }
}
