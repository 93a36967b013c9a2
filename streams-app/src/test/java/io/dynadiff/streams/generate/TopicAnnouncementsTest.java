package io.dynadiff.streams.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.BundleAnnouncement;
import io.dynadiff.schemas.serde.AvroSerdes;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicAnnouncementsTest {

  private static final TopicPartition PARTITION = new TopicPartition("bundles", 0);

  private final AvroSerdes serdes = AvroSerdes.of("mock://topic-announcements");
  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final AtomicBoolean outage = new AtomicBoolean();
  private final TopicAnnouncements announcements =
      new TopicAnnouncements(consumer, "bundles", deserializer());
  private long offset;

  @BeforeEach
  void prepare() {
    Node node = new Node(0, "none", 1);
    consumer.updatePartitions(
        "bundles",
        List.of(new PartitionInfo("bundles", 0, node, new Node[] {node}, new Node[] {node})));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    assertThat(announcements.poll()).isEmpty();
  }

  @Test
  void shouldTellTheNewestOfEachSystemWhenSeveralHaveComeIn() {
    announce("lambda-omega", "lambda-omega", "first");
    announce("era5-uk", "era5-uk", "other");
    announce("lambda-omega", "lambda-omega", "second");
    assertThat(announcements.poll())
        .extracting(BundleAnnouncement::getBundleId)
        .containsExactlyInAnyOrder("second", "other");
    assertThat(announcements.poll()).isEmpty();
  }

  @Test
  void shouldSkipWhatIsNoAnnouncementOrStandsUnderAnotherSystem() {
    add("lambda-omega", new byte[] {1, 2, 3});
    add("lambda-omega", null);
    announce("era5-uk", "lambda-omega", "stranger");
    announce("lambda-omega", "lambda-omega", "sound");
    assertThat(announcements.poll())
        .extracting(BundleAnnouncement::getBundleId)
        .containsExactly("sound");
  }

  @Test
  void shouldReadAgainWhenTheRegistryDoesNotAnswer() {
    outage.set(true);
    announce("lambda-omega", "lambda-omega", "late");
    assertThat(announcements.poll()).isEmpty();
    assertThat(consumer.position(PARTITION)).isZero();
  }

  private void announce(String key, String system, String id) {
    BundleAnnouncement announcement =
        new BundleAnnouncement(id, system, "file:///x", "0", Map.of(), Instant.EPOCH);
    add(key, serdes.serializer(BundleAnnouncement.class).serialize("bundles", announcement));
  }

  private void add(String key, byte[] value) {
    consumer.addRecord(new ConsumerRecord<>("bundles", 0, offset++, key, value));
  }

  private Deserializer<BundleAnnouncement> deserializer() {
    Deserializer<BundleAnnouncement> genuine = serdes.deserializer(BundleAnnouncement.class);
    return new Deserializer<>() {
      @Override
      public BundleAnnouncement deserialize(String topic, byte[] data) {
        if (outage.get()) {
          throw new SerializationException("no answer", new IOException("refused"));
        }
        return genuine.deserialize(topic, data);
      }
    };
  }
}
