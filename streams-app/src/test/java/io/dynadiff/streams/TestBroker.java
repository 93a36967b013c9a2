package io.dynadiff.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.ControlAction;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.schemas.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/** A real broker with a feed of three environments, and what is committed in its topics. */
final class TestBroker implements AutoCloseable {

  static final FieldShape SHAPE = new FieldShape(2, 16, 16);
  static final List<String> ENVIRONMENTS = List.of("a", "b", "c");
  static final int PARTITIONS = 2;

  private final EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(PARTITIONS));
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          kafka.connection().producerProperties(),
          new ByteArraySerializer(),
          new ByteArraySerializer());
  private long published;

  EmbeddedKafka kafka() {
    return kafka;
  }

  /** Counts every sequence of every environment in each topic of the committed view. */
  void assertAccounted(int admitted) {
    List<String> expected =
        ENVIRONMENTS.stream()
            .flatMap(
                environment ->
                    IntStream.range(0, admitted / ENVIRONMENTS.size())
                        .mapToObj(sequence -> environment + sequence))
            .toList();
    assertThat(
            names(
                Topic.FRAMES_ADMITTED,
                FieldFrame.class,
                f -> f.getEnvironmentId() + f.getSequence()))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(
            names(
                Topic.FORECASTS, Forecast.class, f -> f.getEnvironmentId() + f.getIssueSequence()))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(
            names(Topic.SCORES, ForecastScore.class, s -> s.getEnvironmentId() + s.getSequence()))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(admitted + rejections().size()).isEqualTo((int) published);
  }

  void publishAll(long from, long to) {
    for (long sequence = from; sequence < to; sequence++) {
      for (String environment : ENVIRONMENTS) {
        publish(environment, sequence);
      }
    }
  }

  void publish(String environment, long... sequences) {
    try (var serializer = kafka.connection().serdes().serializer(FieldFrame.class)) {
      for (long sequence : sequences) {
        send(environment, serializer.serialize("frames", frame(environment, sequence)));
      }
    }
    producer.flush();
  }

  void garbage(String environment, byte[] value) {
    send(environment, value);
    producer.flush();
  }

  void order(String environment, ControlAction action, Long version) {
    ControlCommand command =
        new ControlCommand(environment, "order", action, version, Instant.EPOCH);
    try (var serializer = kafka.connection().serdes().serializer(ControlCommand.class)) {
      String topic = kafka.topics().name(Topic.CONTROLS);
      producer.send(
          new ProducerRecord<>(
              topic,
              environment.getBytes(StandardCharsets.UTF_8),
              serializer.serialize(topic, command)));
    }
    producer.flush();
  }

  private void send(String environment, byte[] value) {
    producer.send(
        new ProducerRecord<>(
            kafka.topics().name(Topic.FRAMES),
            environment.getBytes(StandardCharsets.UTF_8),
            value));
    published++;
  }

  /** A wave that moves on with time. */
  private static FieldFrame frame(String environment, long sequence) {
    FieldFrame frame = Samples.frame(Samples.SYSTEM, SHAPE, environment, "run-1", sequence, 0);
    float[] values = new float[SHAPE.size()];
    for (int i = 0; i < values.length; i++) {
      double phase = 2 * Math.PI * (i % SHAPE.width()) / SHAPE.width() - 0.1 * sequence;
      values[i] = (float) Math.sin(phase + (i < SHAPE.points() ? 0 : Math.PI / 2));
    }
    frame.setField(TensorCodec.encode(values, DType.FLOAT32, 2, 16, 16));
    return frame;
  }

  List<String> rejections() {
    List<String> reasons = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : raw(Topic.FRAMES_REJECTED)) {
      reasons.add(
          new String(
              record.headers().lastHeader("dynadiff.reason").value(), StandardCharsets.UTF_8));
    }
    return reasons;
  }

  <T extends SpecificRecord> List<String> names(
      Topic topic, Class<T> type, Function<T, String> name) {
    return read(topic, type).stream().map(name).toList();
  }

  <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
    try (Deserializer<T> deserializer = kafka.connection().serdes().deserializer(type)) {
      return raw(topic).stream()
          .map(record -> deserializer.deserialize(record.topic(), record.value()))
          .toList();
    }
  }

  /** Everything committed in a topic. */
  List<ConsumerRecord<byte[], byte[]>> raw(Topic topic) {
    Properties properties = kafka.connection().consumerProperties();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS)
              .mapToObj(p -> new TopicPartition(kafka.topics().name(topic), p))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  @Override
  public void close() {
    producer.close();
    kafka.close();
  }
}
