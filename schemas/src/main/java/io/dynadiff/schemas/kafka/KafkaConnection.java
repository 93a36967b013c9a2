package io.dynadiff.schemas.kafka;

import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.Topic;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How the parts reach one Kafka cluster and its Schema Registry, and what every client of them has
 * in common.
 *
 * <p>Each method returns Properties of the caller's own, to which it adds its names (client.id,
 * group.id, application.id) and serializers.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param schemaRegistryUrl address of the Schema Registry
 * @param clientProperties the user's own keys, for example security.protocol or sasl.jaas.config,
 *     passed on untouched; keys of the registry client (schema.registry.*, basic.auth.*,
 *     bearer.auth.*, auto.register.schemas, use.latest.version) reach only the serializers
 */
public record KafkaConnection(
    String bootstrapServers, String schemaRegistryUrl, Map<String, String> clientProperties) {

  /** Keys on which delivery without loss or duplicates rests; they are not the user's to set. */
  private static final Set<String> FIXED =
      Set.of(
          "bootstrap.servers",
          "schema.registry.url",
          "group.id",
          "application.id",
          "transactional.id",
          "acks",
          "enable.idempotence",
          "isolation.level",
          "enable.auto.commit",
          "auto.offset.reset",
          "processing.guarantee",
          "key.serializer",
          "value.serializer",
          "key.deserializer",
          "value.deserializer");

  public KafkaConnection {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException(
          "bootstrap.servers is empty, expected host:port, for example localhost:9092.");
    }
    Set<String> refused = new TreeSet<>(clientProperties.keySet());
    refused.retainAll(FIXED);
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "%s may not be set in the client properties: dynadiff sets it itself; remove it from the file."
              .formatted(refused));
    }
    clientProperties = Map.copyOf(clientProperties);
  }

  /** Returns a connection without security or other properties of the user's. */
  public static KafkaConnection plaintext(String bootstrapServers, String schemaRegistryUrl) {
    return new KafkaConnection(bootstrapServers, schemaRegistryUrl, Map.of());
  }

  /**
   * Returns the keys and values of a properties file.
   *
   * @throws IOException if the file cannot be read
   */
  public static Map<String, String> readClientProperties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw new IOException("%s is not a properties file: %s".formatted(file, e.getMessage()), e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, properties::getProperty));
  }

  /** Returns the serdes that go with the connection. */
  public AvroSerdes serdes() {
    return new AvroSerdes(schemaRegistryUrl, selected(KafkaConnection::belongsToRegistry));
  }

  /** Returns the properties of an admin client. */
  public Properties adminProperties() {
    return common();
  }

  /** Returns the properties of an idempotent producer that can send the largest record. */
  public Properties producerProperties() {
    Properties properties = new Properties();
    // Streams sets these two itself and warns of anybody else who does.
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    putProducerSettings(properties, "");
    properties.putAll(common());
    return properties;
  }

  /**
   * Returns the properties of a consumer that sees committed records only, from the earliest, and
   * commits nothing by itself.
   */
  public Properties consumerProperties() {
    Properties properties = new Properties();
    putConsumerSettings(properties, "");
    properties.put("enable.auto.commit", "false");
    properties.putAll(common());
    return properties;
  }

  /** Returns the properties of an exactly-once Streams application; state.dir is the caller's. */
  public Properties streamsProperties() {
    Properties properties = new Properties();
    properties.put("processing.guarantee", "exactly_once_v2");
    // A store without a name of its own loses its contents when the topology changes.
    properties.put("ensure.explicit.internal.resource.naming", "true");
    // Stores hold whole windows: their changelogs must take what the topics take.
    properties.put("topic.max.message.bytes", Integer.toString(Topic.LARGEST_RECORD_BYTES));
    putProducerSettings(properties, "producer.");
    putConsumerSettings(properties, "main.consumer.");
    putFetchLimits(properties, "restore.consumer.");
    properties.putAll(common());
    return properties;
  }

  private static void putProducerSettings(Properties properties, String prefix) {
    // Of smooth recorded fields zstd leaves less, of simulated ones hardly, at several times the
    // processor time: dynadiff bench wire.
    properties.put(prefix + "compression.type", "lz4");
    properties.put(prefix + "max.request.size", Integer.toString(Topic.LARGEST_RECORD_BYTES));
    // Below two of the largest records a second send would wait for the first to be acknowledged.
    properties.put(prefix + "buffer.memory", Long.toString(2L * Topic.LARGEST_RECORD_BYTES));
  }

  private static void putConsumerSettings(Properties properties, String prefix) {
    properties.put(prefix + "isolation.level", "read_committed");
    properties.put(prefix + "auto.offset.reset", "earliest");
    properties.put(prefix + "allow.auto.create.topics", "false");
    putFetchLimits(properties, prefix);
  }

  private static void putFetchLimits(Properties properties, String prefix) {
    properties.put(
        prefix + "max.partition.fetch.bytes", Integer.toString(Topic.LARGEST_RECORD_BYTES));
    properties.put(prefix + "fetch.max.bytes", Integer.toString(2 * Topic.LARGEST_RECORD_BYTES));
  }

  private Properties common() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.putAll(selected(key -> !belongsToRegistry(key)));
    return properties;
  }

  private Map<String, String> selected(Predicate<String> keys) {
    Map<String, String> selected = new TreeMap<>(clientProperties);
    selected.keySet().removeIf(keys.negate());
    return selected;
  }

  private static boolean belongsToRegistry(String key) {
    return key.startsWith("schema.registry.")
        || key.startsWith("basic.auth.")
        || key.startsWith("bearer.auth.")
        || key.equals("auto.register.schemas")
        || key.equals("use.latest.version");
  }

  /** Names the user's keys without their values, which may be secrets. */
  @Override
  public String toString() {
    return "KafkaConnection[bootstrapServers=%s, schemaRegistryUrl=%s, clientProperties=%s]"
        .formatted(bootstrapServers, schemaRegistryUrl, new TreeSet<>(clientProperties.keySet()));
  }
}
