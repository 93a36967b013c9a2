package io.dynadiff.streams.generate;

import io.dynadiff.schemas.avro.BundleAnnouncement;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.systems.OpenedBundles;
import io.dynadiff.streams.systems.ServedSystem;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a generate role with its clients. Closed by whoever started it. */
public final class GenerateThread {

  private static final Logger LOG = LoggerFactory.getLogger(GenerateThread.class);

  private final GenerateLoop loop;
  private final Thread thread;
  private final List<KafkaClientMetrics> metrics;

  private GenerateThread(GenerateLoop loop, List<KafkaClientMetrics> metrics) {
    this.metrics = metrics;
    this.loop = loop;
    this.thread = new Thread(loop, "generate");
    this.thread.setDaemon(true);
  }

  /**
   * Starts generating.
   *
   * @param group consumer group, which shares the requests among its members
   * @param bundles loaded at the start
   * @param opener opens a generator; called in the thread that is started
   */
  public static GenerateThread start(
      String group,
      KafkaConnection connection,
      TopicCatalogue topics,
      AvroSerdes serdes,
      OpenedBundles bundles,
      Generator.Opener opener,
      GenerateSettings settings) {
    Properties consumer = consumerProperties(group, connection, settings);
    Properties producer = connection.producerProperties();
    // Zombies are fenced by the group's generation, so the id need only be unlike any other.
    producer.put("transactional.id", group + "-" + UUID.randomUUID());
    // A killed generator must not hold back those who read what is committed for long.
    producer.put("transaction.timeout.ms", "15000");
    KafkaConsumer<String, byte[]> reader =
        new KafkaConsumer<>(consumer, new StringDeserializer(), new ByteArrayDeserializer());
    KafkaProducer<String, byte[]> writer =
        new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer());
    Tags role = Tags.of("role", "generate");
    GenerateThread started =
        new GenerateThread(
            new GenerateLoop(
                reader,
                writer,
                () ->
                    new AnswerPrompts(
                        load(bundles, opener), opener, settings, System::currentTimeMillis),
                settings.followBundles()
                    ? announcements(connection, topics, serdes)
                    : Announcements.none(),
                topics,
                serdes,
                settings),
            List.of(new KafkaClientMetrics(reader, role), new KafkaClientMetrics(writer, role)));
    started.metrics.forEach(one -> one.bindTo(Metrics.globalRegistry));
    started.thread.start();
    return started;
  }

  private static LoadedGenerators load(OpenedBundles bundles, Generator.Opener opener) {
    LoadedGenerators generators = new LoadedGenerators();
    for (ServedSystem served : bundles.systems().all()) {
      generators.add(served, opener.open(bundles.bundle(served.bundleId())));
    }
    return generators;
  }

  private static Announcements announcements(
      KafkaConnection connection, TopicCatalogue topics, AvroSerdes serdes) {
    return new TopicAnnouncements(
        new KafkaConsumer<>(
            connection.consumerProperties(), new StringDeserializer(), new ByteArrayDeserializer()),
        topics.name(Topic.BUNDLES),
        serdes.deserializer(BundleAnnouncement.class));
  }

  static Properties consumerProperties(
      String group, KafkaConnection connection, GenerateSettings settings) {
    Properties consumer = connection.consumerProperties();
    consumer.put("group.id", group);
    // A killed generator holds its partitions for this long.
    consumer.put("session.timeout.ms", "20000");
    consumer.put("max.poll.records", Integer.toString(settings.batchLimit()));
    // A batch on a slow machine takes minutes; heartbeats tell a busy generator from a dead one.
    consumer.put("max.poll.interval.ms", Long.toString(Duration.ofMinutes(30).toMillis()));
    return consumer;
  }

  /** Whether the generators are loaded and the group has let this member in. */
  public boolean ready() {
    return loop.ready() && thread.isAlive();
  }

  /** For each partition of the requests the offset up to which they are answered. */
  public Map<TopicPartition, Long> positions() {
    return loop.positions();
  }

  public Optional<Throwable> failure() {
    return loop.failure();
  }

  /** Lets the thread finish the batch in hand, and waits for that no longer than a deadline. */
  public void close(Duration deadline) {
    loop.stop();
    metrics.forEach(KafkaClientMetrics::close);
    try {
      thread.join(Math.max(1, deadline.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("generate: a batch is still in hand after {}; its transaction will abort", deadline);
    }
  }
}
