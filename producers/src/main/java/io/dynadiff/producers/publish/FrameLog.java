package io.dynadiff.producers.publish;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Every committed frame that is in the frames topic now, those of an environment in order. */
public final class FrameLog {
  private static final Duration QUIET = Duration.ofSeconds(30);

  private FrameLog() {}

  /** Told what is read. */
  public interface Reader {

    /**
     * A record.
     *
     * @param frame the frame; null for bytes that are none
     * @param read records passed so far, with those of aborted transactions
     * @param total records there were at the start
     */
    void accept(FieldFrame frame, long read, long total);
  }

  /**
   * Reads the topic from its beginning to what is its end at the start.
   *
   * @param stopped asked between reads whether to return early
   * @throws PublishException if the topic is not there or cannot be read
   */
  public static void read(
      KafkaConnection connection, TopicCatalogue topics, BooleanSupplier stopped, Reader reader) {
    String topic = topics.name(Topic.FRAMES);
    try (Deserializer<FieldFrame> frames = connection.serdes().deserializer(FieldFrame.class);
        Consumer<String, byte[]> consumer =
            new KafkaConsumer<>(
                connection.consumerProperties(),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = PublishedFrames.partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> starts = new HashMap<>();
      partitions.forEach(p -> starts.put(p, consumer.position(p)));
      long total = passed(starts, ends);
      long deadline = System.nanoTime() + QUIET.toNanos();
      // Positions move past transaction markers and aborted frames too, so they do reach the end.
      while (!stopped.getAsBoolean()
          && partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          deadline = System.nanoTime() + QUIET.toNanos();
          if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
            Map<TopicPartition, Long> now = new HashMap<>();
            partitions.forEach(p -> now.put(p, Math.min(consumer.position(p), ends.get(p))));
            reader.accept(
                PublishedFrames.decode(frames, topic, record.value()), passed(starts, now), total);
          }
        }
        if (System.nanoTime() > deadline) {
          throw new KafkaException("nothing more to read for " + QUIET.toSeconds() + " s");
        }
      }
    } catch (KafkaException e) {
      throw new PublishException("topic " + topic + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static long passed(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    return from.keySet().stream().mapToLong(p -> Math.max(0, to.get(p) - from.get(p))).sum();
  }
}
