package io.dynadiff.streams.role;

import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.streams.wire.SkipStrangers;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A topology as a running application of the role's name. Thread-safe. */
public final class StreamsApplication implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsApplication.class);
  private static final int RESTARTS = 5;
  private static final Duration RESTART_PERIOD = Duration.ofMinutes(5);

  /** A batch in native code on a busy machine must fit into a transaction. */
  private static final int TRANSACTION_TIMEOUT_MILLIS = 60_000;

  /** Dozens of fields of the laptop presets; of Kafka's own 16 KiB not two would fit. */
  private static final int BATCH_BYTES = 1 << 18;

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final String name;
  private final KafkaStreams streams;
  private final RestartBudget budget;
  private final ReadPosition position;
  private final Properties adminProperties;
  private final KafkaStreamsMetrics metrics;

  /**
   * Prepares an application.
   *
   * @param role name of the role
   * @param inputs topics that it reads
   * @throws StateDirectoryInUse if another process keeps its state there
   * @throws IllegalArgumentException if Kafka's clients refuse their settings
   */
  public StreamsApplication(
      String role, Topology topology, OnlineConfiguration configuration, List<Topic> inputs) {
    this.name = applicationId(role, configuration);
    this.streams = streams(topology, configuration);
    this.budget =
        new RestartBudget(
            role, RESTARTS, RESTART_PERIOD, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    this.position =
        new ReadPosition(name, inputs.stream().map(configuration.topics()::name).toList());
    this.adminProperties = configuration.connection().adminProperties();
    streams.setUncaughtExceptionHandler(budget);
    this.metrics = new KafkaStreamsMetrics(streams, Tags.of("role", role));
  }

  private KafkaStreams streams(Topology topology, OnlineConfiguration configuration) {
    try {
      return new KafkaStreams(topology, properties(name, configuration));
    } catch (StreamsException e) {
      // There is no narrower type for a lock that another process holds.
      if (String.valueOf(e.getMessage()).contains("in the same state directory")) {
        throw new StateDirectoryInUse(configuration.stateDirectory().toAbsolutePath(), name, e);
      }
      throw e;
    } catch (KafkaException e) {
      if (e.getCause() instanceof ConfigException refused) {
        throw new IllegalArgumentException(
            "kafka.client: expected settings that Kafka's clients take together, found: "
                + refused.getMessage()
                + " Correct the settings or the file of client properties.",
            e);
      }
      throw e;
    }
  }

  /** Application id, and so consumer group and prefix of internal topics, of a role. */
  public static String applicationId(String role, OnlineConfiguration configuration) {
    return configuration.topics().prefix() + "dynadiff-" + role;
  }

  /** Everything that an application of this id is configured with. */
  public static Properties properties(String applicationId, OnlineConfiguration configuration) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, configuration.streams().threads());
    properties.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        configuration.streams().commitInterval().toMillis());
    properties.put(
        StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) configuration.topics().replicationFactor());
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, SkipStrangers.class);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedStores.class);
    // State stores hold frames and experts, so their changelogs take what the topics take.
    properties.put(
        StreamsConfig.topicPrefix("max.message.bytes"),
        Integer.toString(Topic.LARGEST_RECORD_BYTES));
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        TRANSACTION_TIMEOUT_MILLIS);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    // A killed instance holds its partitions for this long.
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 20_000);
    // The user's own keys win over these, but not over what exactly-once rests on.
    properties.putAll(configuration.connection().streamsProperties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(
        StreamsConfig.STATE_DIR_CONFIG, configuration.stateDirectory().toAbsolutePath().toString());
    return properties;
  }

  public void start() {
    metrics.bindTo(Metrics.globalRegistry);
    streams.start();
  }

  /** Whether its tasks are assigned, restored and running. */
  public boolean running() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** Whether everything committed in its input topics has been processed and committed. */
  public boolean idle() {
    if (!running()) {
      return false;
    }
    try (Admin admin = Admin.create(adminProperties)) {
      return position.atEnd(admin);
    }
  }

  public Optional<Throwable> failure() {
    Optional<Throwable> failure = budget.failure();
    if (failure.isEmpty() && streams.state() == KafkaStreams.State.ERROR) {
      return Optional.of(
          new IllegalStateException(name + ": all stream threads have died; see the log"));
    }
    return failure;
  }

  /**
   * Waits until nothing is in hand, no longer than a deadline, and closes.
   *
   * @param drained whether nothing is in hand
   */
  public void close(BooleanSupplier drained, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    try {
      while (running() && !drained.getAsBoolean() && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (running() && !drained.getAsBoolean()) {
      LOG.warn(
          "{}: frames are still in hand after {}; they stay in the state store", name, deadline);
    }
    // Leaving the group hands the partitions over at once; by default Streams stays a member until
    // its session times out.
    CloseOptions leaving =
        CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(CLOSE_TIMEOUT);
    metrics.close();
    if (!streams.close(leaving)) {
      LOG.warn("{}: not closed after {}", name, CLOSE_TIMEOUT);
    }
  }

  @Override
  public void close() {
    close(() -> true, Duration.ZERO);
  }
}
