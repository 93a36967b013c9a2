package io.dynadiff.producers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.kafka.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** An independent reader of the frames topic: every committed frame, in log order. */
final class FramesTopic {
  /** A transaction that somebody holds open is not waited for any longer. */
  private static final Duration LONGEST_OPEN = Duration.ofSeconds(5);

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
      Map<TopicPartition, Long> ends = written(connection, partitions);
      long deadline = System.nanoTime() + LONGEST_OPEN.toNanos();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))
          && System.nanoTime() < deadline) {
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

  /** Everything in the log: a commit returns a moment before its frames can be read. */
  private static Map<TopicPartition, Long> written(
      KafkaConnection connection, List<TopicPartition> partitions) {
    Properties properties = connection.consumerProperties();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    try (KafkaConsumer<byte[], byte[]> all =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return all.endOffsets(partitions);
    }
  }

  /** Frames of one environment of a run so far. */
  static int committed(KafkaConnection connection, String run, String environment) {
    return read(connection, run).getOrDefault(environment, List.of()).size();
  }

  /** Checks that every sequence from 0 on is there once, at times an interval apart. */
  static void assertComplete(List<FieldFrame> frames, int count) {
    assertThat(sequences(frames))
        .containsExactlyElementsOf(LongStream.range(0, count).boxed().toList());
    for (int i = 1; i < frames.size(); i++) {
      assertThat(frames.get(i).getEventTime())
          .isEqualTo(frames.get(i - 1).getEventTime().plusMillis(frames.get(i).getIntervalMs()));
    }
  }

  static List<Long> sequences(List<FieldFrame> frames) {
    return frames.stream().map(FieldFrame::getSequence).toList();
  }
}
