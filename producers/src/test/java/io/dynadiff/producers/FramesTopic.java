package io.dynadiff.producers;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.kafka.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** An independent reader of the frames topic: every committed frame, in log order. */
final class FramesTopic {
  private FramesTopic() {}

  /** Committed frames of one run, per environment. */
  static Map<String, List<FieldFrame>> read(KafkaConnection connection, String runId) {
    Map<String, List<FieldFrame>> frames = new TreeMap<>();
    try (KafkaConsumer<String, FieldFrame> consumer =
        new KafkaConsumer<>(
            connection.consumerProperties(),
            new StringDeserializer(),
            connection.serdes().deserializer(FieldFrame.class))) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("frames").stream()
              .map(p -> new TopicPartition("frames", p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record -> {
                  if (record.value().getRunId().equals(runId)) {
                    frames
                        .computeIfAbsent(record.key(), key -> new ArrayList<>())
                        .add(record.value());
                  }
                });
      }
    }
    return frames;
  }

  static List<Long> sequences(List<FieldFrame> frames) {
    return frames.stream().map(FieldFrame::getSequence).toList();
  }
}
