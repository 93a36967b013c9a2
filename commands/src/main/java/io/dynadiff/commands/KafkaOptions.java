package io.dynadiff.commands;

import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Option;

/** Options of every command that talks to Kafka. */
public final class KafkaOptions {

  @Option(
      names = "--bootstrap-servers",
      defaultValue = "localhost:9092",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, comma-separated (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers;

  @Option(
      names = "--schema-registry",
      defaultValue = "http://localhost:8081",
      paramLabel = "URL",
      description = "Schema Registry (default: ${DEFAULT-VALUE}).")
  private String schemaRegistry;

  @Option(
      names = "--client-properties",
      paramLabel = "FILE",
      description =
          "Properties for every Kafka and registry client, passed on untouched (security.*,"
              + " sasl.*).")
  private Path clientProperties;

  @Option(
      names = "--topic-prefix",
      defaultValue = "",
      paramLabel = "TEXT",
      description = "Put before the name of every topic and consumer group (default: none).")
  private String topicPrefix;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      paramLabel = "N",
      description = "Partitions of topics that have to be created (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--replication-factor",
      defaultValue = "1",
      paramLabel = "N",
      description = "Replicas of topics that have to be created (default: ${DEFAULT-VALUE}).")
  private short replicationFactor;

  /**
   * The connection these options describe, for a command that somebody waits for: it says soon that
   * nobody answers, since a minute of silence looks like a hang.
   *
   * @throws IllegalArgumentException if the properties file cannot be read or sets a reserved key
   */
  public KafkaConnection connection() {
    return connection(Map.of("default.api.timeout.ms", "20000", "request.timeout.ms", "15000"));
  }

  /**
   * The connection these options describe.
   *
   * @param defaults properties of the clients that the file of the options may replace
   * @throws IllegalArgumentException if the properties file cannot be read or sets a reserved key
   */
  public KafkaConnection connection(Map<String, String> defaults) {
    Map<String, String> properties = new HashMap<>(defaults);
    if (clientProperties != null) {
      try {
        properties.putAll(KafkaConnection.readClientProperties(clientProperties));
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "client properties " + clientProperties + " cannot be read: " + e.getMessage(), e);
      }
    }
    return new KafkaConnection(bootstrapServers, schemaRegistry, properties);
  }

  /**
   * Makes the topics that are missing and checks those that are there.
   *
   * @throws KafkaException if no broker answers; the message names the address
   * @throws io.dynadiff.schemas.topics.TopicContradiction if a topic has other settings
   */
  public static void ensure(KafkaConnection connection, TopicCatalogue topics) {
    try (Admin admin = Admin.create(connection.adminProperties())) {
      topics.ensure(admin);
    } catch (KafkaException e) {
      throw new KafkaException(
          "Kafka at "
              + connection.bootstrapServers()
              + ": the topics could not be checked: "
              + e.getMessage()
              + "; check the address and that a broker runs there",
          e);
    }
  }

  /** The topics these options describe. */
  public TopicCatalogue topics() {
    return new TopicCatalogue(partitions, replicationFactor, topicPrefix);
  }
}
