package io.dynadiff.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaParameters;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.serde.AvroSerdes;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class PublishedFramesTest {
  private static final String TOPIC = "frames";

  private final AvroSerdes serdes = AvroSerdes.of("mock://published-frames");
  private final Serializer<FieldFrame> serializer = serdes.serializer(FieldFrame.class);
  private final Deserializer<FieldFrame> deserializer = serdes.deserializer(FieldFrame.class);
  private final List<ConsumerRecord<String, byte[]>> log = new ArrayList<>();
  private final long[] ends = new long[2];

  @Test
  void shouldFindTheLastFrameOfEachEnvironmentOfTheRun() {
    frame(0, "r", "a", 0);
    frame(0, "r", "a", 1);
    frame(1, "r", "b", 0);
    frame(0, "other", "a", 7);
    raw(0, "a", new byte[] {1, 2, 3});
    frame(1, "r", "c", 5);
    Map<String, FieldFrame> last = last("r", "a", "b", "d");
    assertThat(last).containsOnlyKeys("a", "b");
    assertThat(last.get("a").getSequence()).isEqualTo(1);
    assertThat(last.get("b").getSequence()).isZero();
  }

  @Test
  void shouldWalkBackWhenTheRunIsOld() {
    frame(0, "r", "a", 41);
    for (int i = 0; i < 2000; i++) {
      frame(0, "other", "a", i);
    }
    assertThat(last("r", "a").get("a").getSequence()).isEqualTo(41);
  }

  @Test
  void shouldFindNothingInAnEmptyTopic() {
    assertThat(last("r", "a")).isEmpty();
  }

  @Test
  void shouldNotTakeAnUnreachableRegistryForANewRun() {
    frame(0, "r", "a", 3);
    Deserializer<FieldFrame> broken =
        (topic, bytes) -> {
          throw new SerializationException("no schema", new ConnectException("refused"));
        };
    assertThatThrownBy(() -> PublishedFrames.last(consumer(), broken, TOPIC, "r", List.of("a")))
        .isInstanceOf(SerializationException.class);
  }

  private Map<String, FieldFrame> last(String run, String... environments) {
    return PublishedFrames.last(consumer(), deserializer, TOPIC, run, List.of(environments));
  }

  private MockConsumer<String, byte[]> consumer() {
    // Gives every record of an assigned partition again after a seek, as a broker would.
    MockConsumer<String, byte[]> consumer =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized void seek(TopicPartition partition, long offset) {
            super.seek(partition, offset);
            schedulePollTask(
                () ->
                    log.stream()
                        .filter(r -> r.partition() == partition.partition() && r.offset() >= offset)
                        .forEach(this::addRecord));
          }
        };
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    Map<TopicPartition, Long> endOffsets = new HashMap<>();
    List<PartitionInfo> infos = new ArrayList<>();
    for (int p = 0; p < 2; p++) {
      beginnings.put(new TopicPartition(TOPIC, p), 0L);
      endOffsets.put(new TopicPartition(TOPIC, p), ends[p]);
      infos.add(new PartitionInfo(TOPIC, p, null, null, null));
    }
    consumer.updatePartitions(TOPIC, infos);
    consumer.updateBeginningOffsets(beginnings);
    consumer.updateEndOffsets(endOffsets);
    return consumer;
  }

  private void frame(int partition, String run, String environment, long sequence) {
    LambdaOmegaSeries series =
        new LambdaOmegaSeries(
            environment,
            new LambdaOmegaParameters(0.5, 1, 20, 8, 4, 0.1),
            BetaSchedule.constant(1),
            1,
            0,
            200,
            1);
    FieldFrame frame =
        new FrameEncoder(run, series)
            .encode(
                sequence, new io.dynadiff.physics.field.Snapshot(sequence * 200, new float[32]));
    raw(partition, environment, serializer.serialize(TOPIC, frame));
  }

  private void raw(int partition, String key, byte[] bytes) {
    log.add(new ConsumerRecord<>(TOPIC, partition, ends[partition]++, key, bytes));
  }
}
