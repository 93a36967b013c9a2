package io.dynadiff.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.config.OnlineConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All four roles on a real broker with a real, if untrained, bundle. */
@Tag("slow")
class RolesOnBrokerTest {

  private static final FieldShape SHAPE = new FieldShape(2, 16, 16);
  private static final List<String> ENVIRONMENTS = List.of("a", "b", "c");
  private static final int PARTITIONS = 2;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private EmbeddedKafka kafka;
  private KafkaProducer<byte[], byte[]> producer;
  private OnlineRoles roles;
  private long published;

  @BeforeEach
  void start() throws IOException {
    UntrainedBundle.write(directory.resolve("bundle"), Samples.SYSTEM, SHAPE, 1);
    kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(PARTITIONS));
    producer =
        new KafkaProducer<>(
            kafka.connection().producerProperties(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    startRoles();
  }

  @AfterEach
  void stop() {
    roles.close();
    producer.close();
    kafka.close();
    assertThat(roles.failure()).isEmpty();
  }

  @Test
  void shouldForecastAndScoreEveryFrameOnceWhenTheFeedIsDisturbedAndRolesRestart()
      throws IOException {
    // One frame early, one twice, and records that are no frames.
    publish("a", 0, 2, 1, 1);
    garbage("a", new byte[] {9, 9, 9});
    garbage("b", new byte[] {0, 0, 0, 0, 1, 5});
    for (String environment : ENVIRONMENTS) {
      publish(environment, LongStream.range(environment.equals("a") ? 3 : 0, 30).toArray());
    }
    awaitCounts(90);
    assertThat(rejections())
        .containsExactlyInAnyOrder("DUPLICATE", "WRONG_MAGIC_BYTE", "MALFORMED_AVRO");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(decided().keySet())
                    .as("environments whose first weights were decided upon")
                    .containsExactlyInAnyOrderElementsOf(ENVIRONMENTS));
    publishAll(30, 40);
    awaitCounts(120);
    Map<String, Long> before = lastVersions();

    roles.close();
    startRoles();
    publishAll(40, 50);
    awaitCounts(150);
    assertThat(versionsFrom(40)).isEqualTo(before);

    // Nothing but Kafka: what the local state knew comes back from the changelogs.
    roles.close();
    deleteRecursively(directory.resolve("state"));
    startRoles();
    publishAll(50, 60);
    awaitCounts(180);
    assertThat(versionsFrom(50)).isEqualTo(before);
    assertThat(read(Topic.WEIGHTS, ExpertWeights.class))
        .extracting(weights -> weights.getEnvironmentId() + weights.getWeightsVersion())
        .doesNotHaveDuplicates();
  }

  private void startRoles() throws IOException {
    roles =
        OnlineRoles.all(
            OnlineConfiguration.of(
                kafka.connection(),
                kafka.topics(),
                directory.resolve("state"),
                List.of(directory.resolve("bundle"))));
    roles.start();
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              assertThat(roles.failure()).isEmpty();
              return roles.ready();
            });
  }

  /** Waits until every frame is accounted for, then counts each sequence of each topic. */
  private void awaitCounts(int admitted) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              assertThat(roles.failure()).isEmpty();
              assertThat(read(Topic.SCORES, ForecastScore.class)).hasSize(admitted);
            });
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
    assertThat(read(Topic.SCORES, ForecastScore.class))
        .as("every frame but the first is compared with the forecast from the frame before it")
        .allSatisfy(
            score -> assertThat(score.getLeads()).hasSize((int) Math.min(4, score.getSequence())));
    assertThat(admitted + rejections().size()).isEqualTo((int) published);
    await().atMost(LIMIT).until(roles::idle);
  }

  private Map<String, Adaptation> decided() {
    return read(Topic.ADAPTATIONS, Adaptation.class).stream()
        .filter(
            one ->
                one.getDecision() == Decision.ACCEPTED
                    || one.getDecision() == Decision.KEPT_INCUMBENT)
        .collect(Collectors.toMap(Adaptation::getEnvironmentId, one -> one, (one, other) -> other));
  }

  private Map<String, Long> lastVersions() {
    Map<String, Long> versions = new HashMap<>();
    read(Topic.FORECASTS, Forecast.class).stream()
        .sorted(Comparator.comparing(Forecast::getIssueSequence))
        .forEach(
            forecast -> versions.put(forecast.getEnvironmentId(), forecast.getWeightsVersion()));
    return versions;
  }

  /** The version in use at a sequence. */
  private Map<String, Long> versionsFrom(long sequence) {
    return read(Topic.FORECASTS, Forecast.class).stream()
        .filter(forecast -> forecast.getIssueSequence() == sequence)
        .collect(Collectors.toMap(Forecast::getEnvironmentId, Forecast::getWeightsVersion));
  }

  private void publishAll(long from, long to) {
    for (long sequence = from; sequence < to; sequence++) {
      for (String environment : ENVIRONMENTS) {
        publish(environment, sequence);
      }
    }
  }

  private void publish(String environment, long... sequences) {
    try (var serializer = kafka.connection().serdes().serializer(FieldFrame.class)) {
      for (long sequence : sequences) {
        send(environment, serializer.serialize("frames", frame(environment, sequence)));
      }
    }
    producer.flush();
  }

  private void garbage(String environment, byte[] value) {
    send(environment, value);
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

  private List<String> rejections() {
    List<String> reasons = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : raw(Topic.FRAMES_REJECTED)) {
      reasons.add(
          new String(
              record.headers().lastHeader("dynadiff.reason").value(), StandardCharsets.UTF_8));
    }
    return reasons;
  }

  private <T extends SpecificRecord> List<String> names(
      Topic topic, Class<T> type, Function<T, String> name) {
    return read(topic, type).stream().map(name).toList();
  }

  private <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
    try (Deserializer<T> deserializer = kafka.connection().serdes().deserializer(type)) {
      return raw(topic).stream()
          .map(record -> deserializer.deserialize(record.topic(), record.value()))
          .toList();
    }
  }

  /** Everything committed in a topic. */
  private List<ConsumerRecord<byte[], byte[]>> raw(Topic topic) {
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

  private static void deleteRecursively(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
