package io.dynadiff.commands;

import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.schemas.topics.TopicDifference;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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
          "Properties for every Kafka and registry client (security.*, sasl.*); $${env:NAME} in"
              + " a value stands for a variable of the environment.")
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
      properties.putAll(readClientProperties(clientProperties, System.getenv()));
    }
    return new KafkaConnection(
        Addresses.brokers("--bootstrap-servers", bootstrapServers),
        Addresses.registry("--schema-registry", schemaRegistry),
        properties);
  }

  /**
   * Keys and values of a file of client properties, with what they take from the environment.
   *
   * @param environment variables by name
   * @throws IllegalArgumentException if the file cannot be read or names a variable that is not
   *     set; the message shows the key, never a value
   */
  public static Map<String, String> readClientProperties(
      Path file, Map<String, String> environment) {
    Map<String, String> properties = new HashMap<>();
    try {
      KafkaConnection.readClientProperties(file)
          .forEach((key, text) -> properties.put(key, resolve(file, key, text, environment)));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          file + ": expected a file of client properties, found none; check the path", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file
              + ": expected a file of client properties, found one that cannot be read ("
              + e.getMessage()
              + "); check the path and its rights",
          e);
    }
    return properties;
  }

  private static String resolve(
      Path file, String key, String text, Map<String, String> environment) {
    try {
      return EnvironmentText.resolve(text, environment);
    } catch (IllegalArgumentException e) {
      // The text around a reference may be a secret itself.
      throw new IllegalArgumentException(
          file
              + ": "
              + key
              + ": expected every ${env:NAME} in it to be set in the environment, found one that is"
              + " not; export it before the start",
          e);
    }
  }

  /**
   * Makes the topics that are missing and checks those that are there.
   *
   * @throws KafkaException if no broker answers; the message names the address
   * @throws io.dynadiff.schemas.topics.TopicContradiction if a topic has other settings
   */
  public static void ensure(KafkaConnection connection, TopicCatalogue topics) {
    asking(
        connection,
        admin -> {
          topics.ensure(admin);
          return null;
        });
  }

  /**
   * In what the cluster differs from the topics, without changing anything.
   *
   * @throws KafkaException if no broker answers; the message names the address
   */
  public static List<TopicDifference> differences(
      KafkaConnection connection, TopicCatalogue topics) {
    return asking(connection, topics::differences);
  }

  /**
   * Refuses where a topic is missing: for commands that look or give orders, and must not lay out a
   * cluster with partitions that nobody chose.
   *
   * @throws IllegalArgumentException if one of the topics is not there, or not to be seen
   * @throws KafkaException if no broker answers; the message names the address
   */
  public static void expect(KafkaConnection connection, TopicCatalogue topics, Topic... needed) {
    Set<String> missing = new TreeSet<>();
    Set<String> found = asking(connection, TopicCatalogue::existing);
    for (Topic topic : needed) {
      if (!found.contains(topics.name(topic))) {
        missing.add(topics.name(topic));
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "Kafka at "
              + connection.bootstrapServers()
              + ": expected the topics "
              + String.join(", ", missing)
              + ", found none of that name; start the roles, or give their --topic-prefix and"
              + " --client-properties");
    }
  }

  private static <T> T asking(KafkaConnection connection, Function<Admin, T> question) {
    try (Admin admin = Admin.create(connection.adminProperties())) {
      return question.apply(admin);
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

  /**
   * The topics these options describe.
   *
   * @throws IllegalArgumentException if there can be none such
   */
  public TopicCatalogue topics() {
    atLeastOne("--partitions", partitions);
    atLeastOne("--replication-factor", replicationFactor);
    if (!topicPrefix.matches("[a-zA-Z0-9._-]{0,100}")) {
      throw new IllegalArgumentException(
          "--topic-prefix: expected up to 100 letters, digits, dots, underscores and hyphens, found"
              + " \""
              + topicPrefix
              + "\"; correct it");
    }
    return new TopicCatalogue(partitions, replicationFactor, topicPrefix);
  }

  private static void atLeastOne(String option, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(
          option + ": expected at least 1, found " + number + "; correct it");
    }
  }
}
