package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.OnlineRoles;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.streams.config.OnlineSettings;
import io.dynadiff.streams.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Broker, registry and all roles in this process, ready for frames, and a reader of what comes of
 * them. The caller closes.
 */
final class LiveSystem implements AutoCloseable {

  static final int PARTITIONS = 4;

  /** Of each partition of what is kept for a time: minutes of a load, not gigabytes. */
  private static final long RETAINED_BYTES = 256L << 20;

  private static final Duration READY_LIMIT = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final EmbeddedKafka kafka;
  private final KafkaConnection connection;
  private final OnlineRoles roles;
  private final TopicReader reader;

  private LiveSystem(
      EmbeddedKafka kafka, KafkaConnection connection, OnlineRoles roles, TopicReader reader) {
    this.kafka = kafka;
    this.connection = connection;
    this.roles = roles;
    this.reader = reader;
  }

  /** Starts everything and waits until it is ready. */
  static LiveSystem start(BenchRun run) throws IOException, InterruptedException {
    EmbeddedKafka kafka = kafka(run);
    try {
      KafkaConnection connection = connection(kafka, run);
      bound(connection, kafka.topics());
      OnlineRoles roles = OnlineRoles.all(configuration(connection, kafka.topics(), run));
      TopicReader reader = TopicReader.start(connection, kafka.topics());
      LiveSystem system = new LiveSystem(kafka, connection, roles, reader);
      try {
        roles.start();
        system.await("all roles ready", READY_LIMIT, roles::ready);
        return system;
      } catch (RuntimeException | InterruptedException e) {
        roles.close();
        reader.close();
        throw e;
      }
    } catch (IOException | RuntimeException | InterruptedException e) {
      kafka.close();
      throw e;
    }
  }

  /** An hour of hundreds of feeds is tens of gigabytes that nobody reads again. */
  private static void bound(KafkaConnection connection, TopicCatalogue topics)
      throws InterruptedException {
    List<AlterConfigOp> bounds =
        Map.of(
                TopicConfig.RETENTION_BYTES_CONFIG,
                RETAINED_BYTES,
                TopicConfig.SEGMENT_BYTES_CONFIG,
                RETAINED_BYTES / 4)
            .entrySet()
            .stream()
            .map(e -> new ConfigEntry(e.getKey(), Long.toString(e.getValue())))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    try (Admin admin = Admin.create(connection.adminProperties())) {
      admin
          .incrementalAlterConfigs(
              Stream.of(Topic.FRAMES, Topic.FRAMES_ADMITTED, Topic.FORECASTS, Topic.SCORES)
                  .collect(
                      Collectors.toMap(
                          topic ->
                              new ConfigResource(ConfigResource.Type.TOPIC, topics.name(topic)),
                          topic -> bounds)))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("bench: the topics cannot be bounded", e.getCause());
    }
  }

  /** A broker and a registry with data of their own. */
  static EmbeddedKafka kafka(BenchRun run) throws IOException {
    return EmbeddedKafka.start(
        new EmbeddedOptions(
            0, 0, Optional.of(Files.createTempDirectory(run.work(), "kafka-")), PARTITIONS));
  }

  /** How roles and feeds reach them, with the properties of clients that the settings ask for. */
  static KafkaConnection connection(EmbeddedKafka kafka, BenchRun run) {
    return new KafkaConnection(
        kafka.bootstrapServers(),
        kafka.schemaRegistryUrl(),
        Settings.of(run.settings()).clientProperties());
  }

  /** What roles are started with, on a state directory of their own. */
  static OnlineConfiguration configuration(
      KafkaConnection connection, TopicCatalogue topics, BenchRun run) throws IOException {
    Path state = Files.createTempDirectory(run.work(), "state-");
    return OnlineSettings.configuration(
        connection, topics, state, List.of(run.bundle()), Settings.of(run.settings()));
  }

  KafkaConnection connection() {
    return connection;
  }

  TopicCatalogue topics() {
    return kafka.topics();
  }

  Observations observations() {
    return reader.observations();
  }

  /**
   * Waits until something is so.
   *
   * @return whether it was so before the limit
   * @throws IllegalStateException if a part of the system has failed
   */
  boolean awaitAtMost(Duration limit, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      check();
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    return true;
  }

  private void await(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    if (!awaitAtMost(limit, condition)) {
      throw new IllegalStateException(
          "bench: expected " + what + " within " + limit + ", found not");
    }
  }

  /** Fails if a part of the system has failed. */
  void check() {
    roles
        .failure()
        .or(kafka::failure)
        .or(reader::failure)
        .ifPresent(
            failure -> {
              throw new IllegalStateException("bench: a part has failed: " + failure, failure);
            });
  }

  @Override
  public void close() {
    roles.close();
    reader.close();
    kafka.close();
  }
}
