package io.dynadiff.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.dynadiff.schemas.avro.Condition;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedKafkaTest {

  private static final TopicPartition SCORES = new TopicPartition("scores", 0);

  @Test
  void shouldKeepRecordsAndSchemasWhenRestartedOnAKeptDirectory(@TempDir Path directory)
      throws Exception {
    int id;
    try (EmbeddedKafka first = EmbeddedKafka.start(EmbeddedOptions.keptIn(directory, 1))) {
      publish(first.connection(), new Condition("beta", 1.1, "1"));
      id = registryClient(first).getLatestSchemaMetadata("scores-value").getId();
    }
    try (EmbeddedKafka second = EmbeddedKafka.start(EmbeddedOptions.keptIn(directory, 1))) {
      assertThat(registryClient(second).getLatestSchemaMetadata("scores-value").getId())
          .isEqualTo(id);
      publish(second.connection(), new Condition("beta", 1.4, "1"));

      assertThat(read(second.connection(), 2))
          .extracting(Condition::getValue)
          .containsExactly(1.1, 1.4);
      assertThat(second.failure()).isEmpty();
    }
  }

  @Test
  void shouldLeaveNoThreadAndNoFileWhenClosed() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(2));
    publish(kafka.connection(), new Condition("beta", 1.1, "1"));
    long started = System.nanoTime();
    kafka.close();

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(
                        Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> !before.contains(thread))
                            // Shared by the whole process and started at most once:
                            .filter(thread -> !thread.getName().startsWith("metrics-"))
                            .filter(thread -> !thread.getName().contains("Common-Cleaner"))
                            .filter(thread -> !thread.getName().startsWith("awaitility"))
                            .map(Thread::getName)
                            .collect(Collectors.toSet()))
                    .isEmpty());
    kafka.close();
  }

  @Test
  void shouldSayThatTheBrokerGaveUpWhenItWouldEndTheProcess() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(1))) {
      assertThat(kafka.failure()).isEmpty();

      assertThatThrownBy(() -> Exit.halt(1, "disk full"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The embedded broker gave up with status 1: disk full");

      assertThat(kafka.failure()).isPresent();
    }
  }

  @Test
  void shouldNameThePortWhenItIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      int port = taken.getLocalPort();

      assertThatThrownBy(
              () -> EmbeddedKafka.start(new EmbeddedOptions(port, 0, Optional.empty(), 1)))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("Port %d of localhost is taken".formatted(port));
      assertThatThrownBy(
              () -> EmbeddedKafka.start(new EmbeddedOptions(0, port, Optional.empty(), 1)))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("Port %d of localhost".formatted(port))
          .hasMessageContaining("Schema Registry");
    }
  }

  private static CachedSchemaRegistryClient registryClient(EmbeddedKafka kafka) {
    return new CachedSchemaRegistryClient(kafka.schemaRegistryUrl(), 10);
  }

  private static void publish(KafkaConnection connection, Condition value) {
    Properties properties = connection.producerProperties();
    try (KafkaProducer<String, Condition> producer =
        new KafkaProducer<>(
            properties, new StringSerializer(), connection.serdes().serializer(Condition.class))) {
      producer.send(new ProducerRecord<>(Topic.SCORES.topicName(), 0, "lambda-omega/a", value));
    }
  }

  private static List<Condition> read(KafkaConnection connection, int count) {
    try (KafkaConsumer<String, Condition> consumer =
        new KafkaConsumer<>(
            connection.consumerProperties(),
            new StringDeserializer(),
            connection.serdes().deserializer(Condition.class))) {
      consumer.assign(List.of(SCORES));
      List<Condition> values = new ArrayList<>();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
                return values.size() >= count;
              });
      return values;
    }
  }
}
