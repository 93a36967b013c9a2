package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.cli.bench.measure.ProcessorTime;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.producers.publish.FrameEncoder;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.adapt.AdaptTopology;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.streams.role.StreamsApplication;
import io.dynadiff.streams.systems.OpenedBundles;
import io.dynadiff.streams.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Frames through admission and window: they lie in the topic, the adapt role's topology reads them,
 * and the offsets that it commits say how quickly. For one thread.
 */
final class AdaptPath {

  /** What frames are made of: series that environments take turns at. */
  interface Source {

    /** One frame of an environment. */
    FieldFrame frame(int environment, int sequence);
  }

  /**
   * What went through, and how quickly.
   *
   * @param processorMillis processor time per frame of broker and topology together
   * @param recordBytes length of a frame's key and value on the wire, uncompressed, on average
   */
  record Passage(double recordsPerSecond, double processorMillis, double recordBytes) {}

  private static final double START_UP_SHARE = 0.25;
  private static final long LIMIT_SECONDS = 900;

  private final EmbeddedKafka kafka;
  private final KafkaConnection connection;
  private final BenchRun run;
  private final OpenedBundles bundles;
  private int passages;

  AdaptPath(EmbeddedKafka kafka, BenchRun run, OpenedBundles bundles) {
    this.kafka = kafka;
    this.connection = LiveSystem.connection(kafka, run);
    this.run = run;
    this.bundles = bundles;
  }

  /** Frames of the shared trajectories. */
  static Source lambdaOmega() {
    Trajectories trajectories = new Trajectories();
    List<FrameEncoder> encoders = new ArrayList<>();
    return (environment, sequence) -> {
      int trajectory = environment % trajectories.count();
      while (encoders.size() <= environment) {
        encoders.add(
            new FrameEncoder(
                "throughput",
                trajectories.description(
                    encoders.size() % trajectories.count(), "bench/" + encoders.size())));
      }
      // Few different fields are enough: what is measured does not look at them.
      float[] field = trajectories.field(trajectory, sequence % 64);
      return encoders.get(environment).encode(sequence, new Snapshot(sequence * 200L, field));
    };
  }

  /**
   * Publishes frames to topics of their own and lets the topology take them.
   *
   * @param guarantee exactly_once_v2 or at_least_once
   * @param partitions of every topic
   */
  Passage pass(Source source, int environments, int frames, String guarantee, int partitions)
      throws IOException, InterruptedException, ExecutionException {
    TopicCatalogue topics = new TopicCatalogue(partitions, (short) 1, "bench" + passages++ + ".");
    try (Admin admin = Admin.create(connection.adminProperties())) {
      topics.ensure(admin);
      double recordBytes = publish(source, topics, environments, frames);
      try {
        ReadProgress progress = take(admin, topics, frames, guarantee);
        long first = (long) (START_UP_SHARE * frames);
        return new Passage(
            progress.rate(first, frames), progress.processorMillis(first, frames), recordBytes);
      } finally {
        admin.deleteTopics(topicsOf(admin, topics)).all().get(60, TimeUnit.SECONDS);
      }
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("bench: topics were not deleted within a minute", e);
    }
  }

  private static List<String> topicsOf(Admin admin, TopicCatalogue topics) {
    return TopicCatalogue.existing(admin).stream()
        .filter(name -> name.startsWith(topics.prefix()))
        .toList();
  }

  private double publish(Source source, TopicCatalogue topics, int environments, int frames) {
    Properties properties = connection.producerProperties();
    // A partition that was made a moment ago may refuse a first batch and take the second, after
    // which the first is out of order for good.
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    String topic = topics.name(Topic.FRAMES);
    AtomicReference<Exception> failure = new AtomicReference<>();
    long bytes = 0;
    try (KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        Serializer<FieldFrame> serializer = connection.serdes().serializer(FieldFrame.class)) {
      for (int i = 0; i < frames; i++) {
        FieldFrame frame = source.frame(i % environments, i / environments);
        byte[] value = serializer.serialize(topic, frame);
        bytes += frame.getEnvironmentId().length() + value.length;
        producer.send(
            new ProducerRecord<>(topic, frame.getEnvironmentId(), value),
            (metadata, refused) -> failure.compareAndSet(null, refused));
      }
      producer.flush();
    }
    if (failure.get() != null) {
      throw new IllegalStateException(
          "bench: expected all frames in " + topic + ", found one refused", failure.get());
    }
    return (double) bytes / frames;
  }

  private ReadProgress take(Admin admin, TopicCatalogue topics, int frames, String guarantee)
      throws IOException, InterruptedException, ExecutionException {
    OnlineConfiguration configuration = LiveSystem.configuration(connection, topics, run);
    String id = StreamsApplication.applicationId("adapt", configuration);
    Properties properties = StreamsApplication.properties(id, configuration);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
    ReadProgress progress = new ReadProgress();
    try (KafkaStreams streams =
        new KafkaStreams(
            AdaptTopology.build(
                new Wire(topics, connection.serdes()), bundles.systems(), configuration.adapt()),
            properties)) {
      streams.start();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      long read = 0;
      while (read < frames) {
        if (System.nanoTime() > end || streams.state() == KafkaStreams.State.ERROR) {
          throw new IllegalStateException(
              "bench: expected "
                  + frames
                  + " frames to pass, found "
                  + read
                  + " and the application "
                  + streams.state());
        }
        TimeUnit.MILLISECONDS.sleep(20);
        read = committed(admin, id, topics.name(Topic.FRAMES));
        progress.note(System.nanoTime(), read, ProcessorTime.nanos());
      }
    }
    kafka
        .failure()
        .ifPresent(
            failure -> {
              throw new IllegalStateException("bench: the broker has failed", failure);
            });
    return progress;
  }

  private static long committed(Admin admin, String group, String topic)
      throws InterruptedException, ExecutionException {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }
}
