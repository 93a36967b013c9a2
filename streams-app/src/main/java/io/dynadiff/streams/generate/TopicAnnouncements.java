package io.dynadiff.streams.generate;

import io.dynadiff.schemas.avro.BundleAnnouncement;
import io.dynadiff.streams.wire.RegistryOutage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announcements read from their compacted topic, from its beginning at each start; no group, since
 * every generator takes every bundle. A deleted announcement unloads nothing.
 */
final class TopicAnnouncements implements Announcements {

  private static final Logger LOG = LoggerFactory.getLogger(TopicAnnouncements.class);

  private final Consumer<String, byte[]> consumer;
  private final String topic;
  private final Deserializer<BundleAnnouncement> deserializer;
  private boolean assigned;

  /**
   * @param consumer read-committed, closed with this
   */
  TopicAnnouncements(
      Consumer<String, byte[]> consumer,
      String topic,
      Deserializer<BundleAnnouncement> deserializer) {
    this.consumer = consumer;
    this.topic = topic;
    this.deserializer = deserializer;
  }

  @Override
  public List<BundleAnnouncement> poll() {
    if (!assigned) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      assigned = true;
    }
    Map<String, BundleAnnouncement> newest = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ZERO)) {
      try {
        BundleAnnouncement announcement =
            deserializer.deserialize(record.topic(), record.headers(), record.value());
        if (announcement == null) {
          continue;
        }
        if (announcement.getSystem().equals(record.key())) {
          newest.put(record.key(), announcement);
        } else {
          skipped(record, "key " + record.key() + " for system " + announcement.getSystem());
        }
      } catch (SerializationException e) {
        if (RegistryOutage.caused(e)) {
          // Whatever came with it is read again, too; a bundle that is loaded is not loaded twice.
          consumer.seek(new TopicPartition(topic, record.partition()), record.offset());
          LOG.warn("schema registry does not answer; announcements wait: {}", e.toString());
          break;
        }
        skipped(record, e.toString());
      }
    }
    return List.copyOf(newest.values());
  }

  private static void skipped(ConsumerRecord<String, byte[]> record, String found) {
    LOG.warn(
        "{}-{}@{}: expected an announcement keyed by its system, found {}; skipped",
        record.topic(),
        record.partition(),
        record.offset(),
        found);
  }

  @Override
  public void close() {
    consumer.close();
    deserializer.close();
  }
}
