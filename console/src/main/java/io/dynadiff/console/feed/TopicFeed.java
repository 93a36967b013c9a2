package io.dynadiff.console.feed;

import io.dynadiff.console.state.ConsoleState;
import io.dynadiff.console.state.RateMeter;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics from shortly before their end on, committed records only, in no group, and keeps
 * a {@link ConsoleState} of them.
 *
 * <p>One thread of its own. The caller closes, which ends it. Brokers or a registry that do not
 * answer are waited for and told of in {@link #health()}. Safe for use by many threads.
 */
public final class TopicFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration ASK_EVERY = Duration.ofSeconds(2);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /** How many records before its end each partition of a topic is read from. */
  private static final Map<Topic, Long> BACKLOG =
      new EnumMap<>(
          Map.of(
              Topic.FRAMES_ADMITTED, 500L,
              Topic.FRAMES_REJECTED, 1_000L,
              Topic.FORECASTS, 200L,
              Topic.SCORES, 10_000L,
              Topic.ADAPTATIONS, 5_000L,
              Topic.WEIGHTS, 1_000L));

  private static final class TopicCount {
    private final RateMeter rate = new RateMeter(System.currentTimeMillis());
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicLong lag = new AtomicLong(-1);
  }

  private final KafkaConnection connection;
  private final TopicCatalogue topics;
  private final ConsoleState state;
  private final Map<String, Topic> byName;
  private final Map<Topic, TopicCount> counts = new EnumMap<>(Topic.class);
  private final Consumer<String, byte[]> consumer;
  private final Thread thread = new Thread(this::run, "console-feed");
  private final CountDownLatch closing = new CountDownLatch(1);
  private Map<TopicPartition, Long> endsAtStart = Map.of();
  private long nextAskNanos;
  private volatile boolean caughtUp;
  private volatile boolean connected;
  private volatile String trouble = "No broker has answered yet.";
  private volatile Throwable failure;

  private TopicFeed(
      KafkaConnection connection,
      TopicCatalogue topics,
      ConsoleState state,
      Consumer<String, byte[]> consumer) {
    this.connection = connection;
    this.topics = topics;
    this.state = state;
    this.consumer = consumer;
    this.byName = BACKLOG.keySet().stream().collect(Collectors.toMap(topics::name, t -> t));
    BACKLOG.keySet().forEach(topic -> counts.put(topic, new TopicCount()));
  }

  /** Starts to read; returns at once, whether or not a broker answers. */
  public static TopicFeed start(
      KafkaConnection connection, TopicCatalogue topics, ConsoleState state) {
    Properties properties = connection.consumerProperties();
    properties.put("client.id", "dynadiff-console");
    return start(
        connection,
        topics,
        state,
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer()));
  }

  /** Starts likewise with a consumer, which it takes over. */
  static TopicFeed start(
      KafkaConnection connection,
      TopicCatalogue topics,
      ConsoleState state,
      Consumer<String, byte[]> consumer) {
    TopicFeed feed = new TopicFeed(connection, topics, state, consumer);
    feed.thread.setDaemon(true);
    feed.thread.start();
    return feed;
  }

  /** What ended the reading before its time, if anything did. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** How the reading goes. */
  public FeedHealth health() {
    long now = System.currentTimeMillis();
    return new FeedHealth(
        connection.bootstrapServers(),
        connected && failure == null,
        failure == null ? trouble : "The reading has failed: " + failure,
        caughtUp,
        counts.entrySet().stream()
            .map(
                entry ->
                    new FeedHealth.TopicHealth(
                        topics.name(entry.getKey()),
                        entry.getValue().rate.total(),
                        entry.getValue().rate.perSecond(now),
                        entry.getValue().lag.get(),
                        entry.getValue().unreadable.get()))
            .toList());
  }

  private void run() {
    try (Consumer<String, byte[]> reading = consumer;
        RecordSink sink = new RecordSink(state, connection.serdes())) {
      while (closing.getCount() > 0 && !seekToBacklog()) {
        closing.await(1, TimeUnit.SECONDS);
      }
      while (closing.getCount() > 0) {
        ConsumerRecords<String, byte[]> records = reading.poll(POLL);
        for (ConsumerRecord<String, byte[]> record : records) {
          take(sink, record);
        }
        if (System.nanoTime() - nextAskNanos >= 0) {
          askForEnds();
        }
      }
    } catch (WakeupException e) {
      LOG.debug("console feed woken up to close");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("console feed has stopped", e);
      failure = e;
    }
  }

  /** Goes to where the backlog begins; returns whether the brokers know the topics. */
  private boolean seekToBacklog() {
    try {
      Map<TopicPartition, Topic> partitions = new HashMap<>();
      for (Topic topic : BACKLOG.keySet()) {
        List<PartitionInfo> found = consumer.partitionsFor(topics.name(topic), ANSWER_LIMIT);
        // A console that started without one topic would never read it.
        if (found.isEmpty()) {
          silent(
              "Kafka at %s has no topic %s yet; roles and producers create it when they start."
                  .formatted(connection.bootstrapServers(), topics.name(topic)));
          return false;
        }
        found.forEach(
            info -> partitions.put(new TopicPartition(info.topic(), info.partition()), topic));
      }
      consumer.assign(partitions.keySet());
      Map<TopicPartition, Long> begins =
          consumer.beginningOffsets(partitions.keySet(), ANSWER_LIMIT);
      endsAtStart = consumer.endOffsets(partitions.keySet(), ANSWER_LIMIT);
      partitions.forEach(
          (partition, topic) ->
              consumer.seek(
                  partition,
                  Math.max(
                      begins.get(partition), endsAtStart.get(partition) - BACKLOG.get(topic))));
      answered();
      return true;
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      silent("Kafka at %s: %s".formatted(connection.bootstrapServers(), e.getMessage()));
      return false;
    }
  }

  private void askForEnds() {
    try {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), ANSWER_LIMIT);
      Map<Topic, Long> lags = new EnumMap<>(Topic.class);
      boolean behind = false;
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        long position = consumer.position(end.getKey(), ANSWER_LIMIT);
        lags.merge(
            byName.get(end.getKey().topic()), Math.max(0, end.getValue() - position), Long::sum);
        behind |= position < endsAtStart.getOrDefault(end.getKey(), 0L);
      }
      lags.forEach((topic, lag) -> counts.get(topic).lag.set(lag));
      caughtUp |= !behind;
      answered();
    } catch (TimeoutException e) {
      silent(
          "Kafka at %s has not answered within %d s; what is shown may be old."
              .formatted(connection.bootstrapServers(), ANSWER_LIMIT.toSeconds()));
    }
    nextAskNanos = System.nanoTime() + ASK_EVERY.toNanos();
  }

  private void take(RecordSink sink, ConsumerRecord<String, byte[]> record)
      throws InterruptedException {
    Topic topic = byName.get(record.topic());
    TopicCount count = counts.get(topic);
    while (closing.getCount() > 0) {
      try {
        sink.take(topic, record);
        count.rate.mark(System.currentTimeMillis());
        return;
      } catch (SerializationException e) {
        Optional<String> outage = RegistryOutage.in(e);
        if (outage.isEmpty()) {
          count.unreadable.incrementAndGet();
          LOG.warn(
              "{}-{}@{}: not a record of this topic, passed over: {}",
              record.topic(),
              record.partition(),
              record.offset(),
              e.toString());
          return;
        }
        silent(
            "The Schema Registry at %s does not answer: %s"
                .formatted(connection.schemaRegistryUrl(), outage.get()));
        closing.await(1, TimeUnit.SECONDS);
      }
    }
  }

  private void answered() {
    connected = true;
    trouble = null;
  }

  private void silent(String message) {
    if (connected || !message.equals(trouble)) {
      LOG.warn(message);
    }
    connected = false;
    trouble = message;
  }

  @Override
  public void close() {
    closing.countDown();
    consumer.wakeup();
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
