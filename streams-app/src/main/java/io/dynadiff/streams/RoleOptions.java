package io.dynadiff.streams;

import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.streams.config.OnlineProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Options that the commands of all roles share. */
public final class RoleOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "Kafka brokers (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      defaultValue = "http://localhost:8081",
      description = "Schema Registry (default: ${DEFAULT-VALUE}).")
  private String schemaRegistry;

  @Option(
      names = "--client-properties",
      paramLabel = "FILE",
      description = "Properties for every Kafka client, passed on untouched (security.*, sasl.*).")
  private Path clientProperties;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Partitions of the topics (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      defaultValue = "1",
      description = "Replicas of topics that are created (default: ${DEFAULT-VALUE}).")
  private short replicationFactor;

  @Option(
      names = "--topic-prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Put before the name of every topic and consumer group.")
  private String topicPrefix;

  @Option(
      names = "--bundles",
      paramLabel = "DIR",
      split = ",",
      defaultValue = "${sys:dynadiff.home:-.}/bundles",
      description =
          "Bundles, or directories of bundles; one per system (default: ${DEFAULT-VALUE}).")
  private List<Path> bundles;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      defaultValue = ".dynadiff/state",
      description = "Where roles keep their state, one process each (default: ${DEFAULT-VALUE}).")
  private Path stateDirectory;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties file with settings of the roles, for example forecast.trial-frames.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One such setting; wins over the file. May be given several times.")
  private Map<String, String> settings = new TreeMap<>();

  /**
   * The configuration that the options ask for.
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a value is not possible
   */
  OnlineConfiguration configuration() throws IOException {
    Map<String, String> properties = new TreeMap<>();
    if (config != null) {
      properties.putAll(KafkaConnection.readClientProperties(config));
    }
    properties.putAll(settings);
    Map<String, String> client =
        clientProperties == null
            ? Map.of()
            : KafkaConnection.readClientProperties(clientProperties);
    return OnlineProperties.configuration(
        new KafkaConnection(bootstrapServers, schemaRegistry, client),
        new TopicCatalogue(partitions, replicationFactor, topicPrefix),
        stateDirectory,
        bundles,
        properties);
  }
}
