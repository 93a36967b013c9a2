package io.dynadiff.cli.command;

import io.dynadiff.schemas.kafka.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is committed in a topic, from its beginning to where it ends now. */
final class WholeTopic {

  private static final Logger LOG = LoggerFactory.getLogger(WholeTopic.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private WholeTopic() {}

  /**
   * Hands every record to a reader, in order within each partition. Bytes that are no record of the
   * type are passed over with a warning.
   *
   * @param reader takes key and value; the value is null where the key was deleted
   */
  static <T extends SpecificRecord> void read(
      KafkaConnection connection, String topic, Class<T> type, BiConsumer<String, T> reader) {
    try (Deserializer<T> values = connection.serdes().deserializer(type);
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(
                connection.consumerProperties(),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          T value;
          try {
            value = values.deserialize(topic, record.headers(), record.value());
          } catch (SerializationException e) {
            LOG.warn(
                "{}-{}@{}: expected {}, found {}; passed over",
                topic,
                record.partition(),
                record.offset(),
                type.getSimpleName(),
                e.toString());
            continue;
          }
          reader.accept(record.key(), value);
        }
      }
    }
  }
}
