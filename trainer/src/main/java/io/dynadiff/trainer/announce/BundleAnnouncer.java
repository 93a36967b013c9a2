package io.dynadiff.trainer.announce;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.schemas.avro.BundleAnnouncement;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Announces bundles on the compacted topic {@code bundles}; the newest of a system counts. */
public final class BundleAnnouncer {

  private final KafkaConnection connection;
  private final TopicCatalogue topics;

  public BundleAnnouncer(KafkaConnection connection, TopicCatalogue topics) {
    this.connection = connection;
    this.topics = topics;
  }

  /**
   * Announces one bundle and returns when the broker has it.
   *
   * @param bundle the verified bundle
   * @param location where others find its directory
   * @throws KafkaException if the broker or the registry does not take it
   */
  public void announce(Bundle bundle, URI location) throws InterruptedException {
    try (Admin admin = Admin.create(connection.adminProperties())) {
      topics.ensure(admin);
    }
    try (Serializer<BundleAnnouncement> values =
            connection.serdes().serializer(BundleAnnouncement.class);
        Producer<String, BundleAnnouncement> producer =
            new KafkaProducer<>(connection.producerProperties(), new StringSerializer(), values)) {
      producer
          .send(
              new ProducerRecord<>(
                  topics.name(Topic.BUNDLES),
                  bundle.system(),
                  record(bundle, location, Instant.now())))
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException(
          "bundle " + bundle.id() + " could not be announced: " + e.getCause().getMessage(),
          e.getCause());
    }
  }

  static BundleAnnouncement record(Bundle bundle, URI location, Instant now) {
    return BundleAnnouncement.newBuilder()
        .setBundleId(bundle.id())
        .setSystem(bundle.system())
        .setLocation(location.toString())
        .setSha256(bundle.manifestSha256())
        .setMetrics(bundle.metrics())
        .setAnnouncedAt(now)
        .build();
  }
}
