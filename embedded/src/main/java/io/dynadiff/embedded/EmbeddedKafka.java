package io.dynadiff.embedded;

import io.dynadiff.embedded.registry.RegistryServer;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and a Schema Registry inside this process, reachable from outside it.
 *
 * <p>When {@link #start} returns, both answer and every topic of the catalogue exists. Data in a
 * kept directory, schemas included, is there again after a restart. The caller closes; closing
 * twice is harmless. Safe for use by many threads.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  private final TopicCatalogue topics;
  private final Optional<Path> temporary;
  private final KRaftBroker broker;
  private final RegistryServer registry;

  private EmbeddedKafka(
      TopicCatalogue topics,
      Optional<Path> temporary,
      KRaftBroker broker,
      RegistryServer registry) {
    this.topics = topics;
    this.temporary = temporary;
    this.broker = broker;
    this.registry = registry;
  }

  /**
   * Starts broker and registry; blocks for the few seconds that takes.
   *
   * @throws EmbeddedStartException if a port is taken, the data directory cannot be used or is in
   *     use, or its topics contradict the catalogue; nothing is left running
   */
  public static EmbeddedKafka start(EmbeddedOptions options) {
    return start(options, Optional.empty());
  }

  /**
   * Starts likewise, with a listener on which clients say who they are.
   *
   * @throws EmbeddedStartException as above
   */
  public static EmbeddedKafka start(EmbeddedOptions options, SecuredListener secured) {
    return start(options, Optional.of(secured));
  }

  private static EmbeddedKafka start(EmbeddedOptions options, Optional<SecuredListener> secured) {
    long started = System.nanoTime();
    Optional<Path> temporary =
        options.dataDirectory().isPresent() ? Optional.empty() : Optional.of(temporaryDirectory());
    KRaftBroker broker = null;
    RegistryServer registry = null;
    try {
      Path directory = options.dataDirectory().or(() -> temporary).orElseThrow();
      TopicCatalogue topics = TopicCatalogue.singleBroker(options.partitions());
      broker = KRaftBroker.start(directory, options.brokerPort(), secured);
      KafkaConnection connection =
          KafkaConnection.plaintext(broker.bootstrapServers(), "http://not-needed");
      try (Admin admin = Admin.create(connection.adminProperties())) {
        topics.ensure(admin);
      }
      registry = RegistryServer.start(connection, options.registryPort());
      LOG.info(
          "Broker at {}, Schema Registry at {}, data in {}, started in {} ms",
          broker.bootstrapServers(),
          registry.url(),
          directory,
          (System.nanoTime() - started) / 1_000_000);
      return new EmbeddedKafka(topics, temporary, broker, registry);
    } catch (IOException | RuntimeException e) {
      if (registry != null) {
        registry.close();
      }
      if (broker != null) {
        broker.close();
      }
      temporary.ifPresent(EmbeddedKafka::delete);
      if (e instanceof EmbeddedStartException alreadySaid) {
        throw alreadySaid;
      }
      throw new EmbeddedStartException("The embedded Kafka did not start: " + e.getMessage(), e);
    }
  }

  /** Returns host:port of the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Returns the address of the Schema Registry. */
  public String schemaRegistryUrl() {
    return registry.url();
  }

  /** Returns a connection to both. */
  public KafkaConnection connection() {
    return KafkaConnection.plaintext(bootstrapServers(), schemaRegistryUrl());
  }

  /** Returns the layout of the topics that exist. */
  public TopicCatalogue topics() {
    return topics;
  }

  /** Returns what made the broker give up while running, if anything did. */
  public Optional<Throwable> failure() {
    return broker.failure();
  }

  /** Stops the registry, then the broker, and deletes temporary data. */
  @Override
  public void close() {
    registry.close();
    broker.close();
    temporary.ifPresent(EmbeddedKafka::delete);
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("dynadiff-kafka-");
    } catch (IOException e) {
      throw new EmbeddedStartException(
          "Cannot create a temporary directory in %s: %s; name another with -Djava.io.tmpdir."
              .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    }
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Temporary data in {} could not be deleted: {}", directory, e.toString());
    }
  }
}
