package io.dynadiff.cli.tail;

import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads topics like any outside consumer, committed records only, from where they end at the start.
 *
 * <p>One thread of its own; the caller closes, which ends it.
 */
public final class TopicTail implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /** Takes what was read, on the thread of the tail; closed by the tail at its end. */
  public interface Records extends AutoCloseable {

    /** Takes one record; its value is null for a tombstone. */
    void take(Topic topic, ConsumerRecord<String, byte[]> record);

    @Override
    void close();
  }

  private final Map<String, Topic> byName;
  private final Records records;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread thread;
  private volatile boolean closed;
  private volatile Throwable failure;

  private TopicTail(
      String name,
      KafkaConnection connection,
      TopicCatalogue topics,
      List<Topic> read,
      Records records) {
    this.byName = read.stream().collect(Collectors.toMap(topics::name, topic -> topic));
    this.records = records;
    Properties properties = connection.consumerProperties();
    properties.put("client.id", name);
    this.consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        read.stream()
            .flatMap(
                topic ->
                    IntStream.range(0, topics.partitions(topic))
                        .mapToObj(p -> new TopicPartition(topics.name(topic), p)))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is lazy: without asking for the position, records sent meanwhile would be skipped.
    partitions.forEach(consumer::position);
    this.thread = new Thread(this::read, name);
    thread.setDaemon(true);
  }

  /**
   * Starts to read.
   *
   * @param name of the thread and of the client
   */
  public static TopicTail start(
      String name,
      KafkaConnection connection,
      TopicCatalogue topics,
      List<Topic> read,
      Records records) {
    TopicTail tail = new TopicTail(name, connection, topics, read, records);
    tail.thread.start();
    return tail;
  }

  /** Returns what ended the reading before its time, if anything did. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void read() {
    try (KafkaConsumer<String, byte[]> reading = consumer;
        Records taking = records) {
      while (!closed) {
        for (ConsumerRecord<String, byte[]> record : reading.poll(POLL)) {
          taking.take(byName.get(record.topic()), record);
        }
      }
    } catch (WakeupException e) {
      // the way close ends a poll
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
