package io.dynadiff.producers.publish;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Where a run stands, read from the frames topic itself: the topic is the only memory a producer
 * has, so there is nothing that could disagree with it.
 *
 * <p>Looks at committed frames from the end backwards, in growing pieces, until every environment
 * is found or the beginning is reached.
 */
public final class PublishedFrames {
  private static final long FIRST_PIECE = 512;
  private static final long LARGEST_PIECE = 1 << 15;
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  /** Longer than any producer of ours may leave a transaction open, see FramePublisher. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(90);

  private PublishedFrames() {}

  /**
   * The last committed frame of each environment in a run; none for environments not begun.
   *
   * <p>Call it after {@link FramePublisher#open}, which ends the transactions of earlier owners.
   *
   * @throws PublishException if the topic cannot be read
   */
  public static Map<String, FieldFrame> last(
      KafkaConnection connection,
      TopicCatalogue topics,
      String runId,
      Collection<String> environmentIds) {
    Properties properties = connection.consumerProperties();
    String topic = topics.name(Topic.FRAMES);
    try (Deserializer<FieldFrame> frames = connection.serdes().deserializer(FieldFrame.class);
        Consumer<String, byte[]> consumer =
            new KafkaConsumer<>(
                properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      awaitEarlierTransactions(connection, consumer, partitions);
      return last(consumer, frames, topic, runId, environmentIds);
    } catch (KafkaException e) {
      throw new PublishException(
          "topic " + topic + ": the frames of run " + runId + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  static Map<String, FieldFrame> last(
      Consumer<String, byte[]> consumer,
      Deserializer<FieldFrame> frames,
      String topic,
      String runId,
      Collection<String> environmentIds) {
    List<TopicPartition> partitions = partitions(consumer, topic);
    consumer.assign(partitions);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    Set<String> wanted = new HashSet<>(environmentIds);
    Map<String, FieldFrame> last = new HashMap<>();
    for (long piece = FIRST_PIECE; !wanted.isEmpty(); piece = Math.min(2 * piece, LARGEST_PIECE)) {
      Map<TopicPartition, Long> starts = new HashMap<>();
      for (TopicPartition partition : partitions) {
        long start = Math.max(beginnings.get(partition), ends.get(partition) - piece);
        if (start < ends.get(partition)) {
          starts.put(partition, start);
        }
      }
      if (starts.isEmpty()) {
        break;
      }
      read(
          consumer,
          starts,
          ends,
          record -> {
            if (record.key() != null && wanted.contains(record.key())) {
              FieldFrame frame = decode(frames, topic, record.value());
              if (frame != null
                  && frame.getRunId().equals(runId)
                  && frame.getEnvironmentId().equals(record.key())) {
                last.merge(
                    record.key(), frame, (a, b) -> a.getSequence() > b.getSequence() ? a : b);
              }
            }
          });
      wanted.removeAll(last.keySet());
      ends.putAll(starts);
    }
    return last;
  }

  static List<TopicPartition> partitions(Consumer<String, byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(p -> new TopicPartition(topic, p.partition()))
        .toList();
  }

  /**
   * Waits until everything that is in the log now can be read as committed.
   *
   * <p>An open transaction of any other producer hides all later records of its partition from
   * readers of committed data, our own last frames among them. It ends soon, or by its timeout
   * where its producer was killed.
   */
  private static void awaitEarlierTransactions(
      KafkaConnection connection,
      Consumer<String, byte[]> committed,
      List<TopicPartition> partitions) {
    Properties properties = connection.consumerProperties();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    Map<TopicPartition, Long> written;
    try (Consumer<byte[], byte[]> all =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      all.assign(partitions);
      written = all.endOffsets(partitions);
    }
    committed.assign(partitions);
    long deadline = System.nanoTime() + TRANSACTION_TIMEOUT.toNanos();
    while (true) {
      Map<TopicPartition, Long> readable = committed.endOffsets(partitions);
      if (partitions.stream().allMatch(p -> readable.get(p) >= written.get(p))) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new KafkaException(
            "a transaction stays open: expected to read up to "
                + written
                + ", found "
                + readable
                + " after "
                + TRANSACTION_TIMEOUT.toSeconds()
                + " s; end the producer that holds it");
      }
      LockSupport.parkNanos(100_000_000);
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new KafkaException("interrupted while waiting for open transactions");
      }
    }
  }

  /** Reads from starts, inclusive, to ends, exclusive. */
  private static void read(
      Consumer<String, byte[]> consumer,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends,
      java.util.function.Consumer<ConsumerRecord<String, byte[]>> found) {
    consumer.assign(starts.keySet());
    starts.forEach(consumer::seek);
    long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
    // Positions move past transaction markers and aborted frames too, so they do reach the end.
    while (starts.keySet().stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.get(partition)) {
          found.accept(record);
        }
      }
      if (System.nanoTime() > deadline) {
        throw new KafkaException(
            "expected to read up to " + ends + " within " + READ_TIMEOUT.toSeconds() + " s");
      }
    }
  }

  /** Null for bytes that are no frame: the admission of the online side deals with those. */
  static FieldFrame decode(Deserializer<FieldFrame> frames, String topic, byte[] bytes) {
    try {
      return frames.deserialize(topic, bytes);
    } catch (SerializationException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (unreachable(cause)) {
          throw e;
        }
      }
      return null;
    }
  }

  /** An unreachable registry must not look like a run that never began. */
  private static boolean unreachable(Throwable cause) {
    return cause instanceof IOException
        && (cause instanceof SocketException
            || cause instanceof SocketTimeoutException
            || cause instanceof UnknownHostException);
  }
}
