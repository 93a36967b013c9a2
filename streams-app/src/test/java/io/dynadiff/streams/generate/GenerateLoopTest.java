package io.dynadiff.streams.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GenerateLoopTest {

  private static final TopicPartition PROMPTS = new TopicPartition("prompts", 0);
  private static final int LIMIT_OF_BATCH = 3;
  private static final GenerateSettings SETTINGS =
      GenerateSettings.DEFAULT.withBatch(LIMIT_OF_BATCH, 1 << 20);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final AvroSerdes serdes = AvroSerdes.of("mock://generate-loop");
  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger commitTimeouts = new AtomicInteger();
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
        @Override
        public void commitTransaction() {
          commits.incrementAndGet();
          if (commitTimeouts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new TimeoutException("no answer from the coordinator");
          }
          super.commitTransaction();
        }
      };
  private final MeanGenerator.Log log = new MeanGenerator.Log();
  private final GenerateLoop loop =
      new GenerateLoop(
          consumer,
          producer,
          () ->
              new AnswerPrompts(
                  MeanGenerator.loaded(log),
                  bundle -> new MeanGenerator(log),
                  SETTINGS,
                  () -> 5000L),
          Announcements.none(),
          TopicCatalogue.singleBroker(1),
          serdes,
          SETTINGS);
  private final Thread thread = new Thread(loop, "generate-loop-test");
  private long offset;

  @BeforeEach
  void prepare() {
    consumer.updateBeginningOffsets(Map.of(PROMPTS, 0L));
    consumer.schedulePollTask(() -> consumer.rebalance(List.of(PROMPTS)));
  }

  @AfterEach
  void stop() throws InterruptedException {
    loop.stop();
    thread.join(LIMIT.toMillis());
    assertThat(thread.isAlive()).isFalse();
    assertThat(consumer.closed()).isTrue();
    assertThat(producer.closed()).isTrue();
    assertThat(log.batches).as("generators are closed").endsWith(-1, -1);
  }

  @Test
  void shouldCommitWeightsDecisionsAndOffsetsTogetherWhenRequestsCome() {
    request("e", 1);
    request("e", 2);
    request("f", 1);
    thread.start();
    await().atMost(LIMIT).until(() -> producer.commitCount() == 1);
    assertThat(loop.ready()).isTrue();
    assertThat(weights()).containsExactlyInAnyOrder("e2", "f1");
    assertThat(producer.history()).filteredOn(r -> r.topic().equals("adaptations")).hasSize(3);
    assertThat(producer.consumerGroupOffsetsHistory().get(0).values())
        .containsExactly(Map.of(PROMPTS, new OffsetAndMetadata(3)));
  }

  @Test
  void shouldSkipARecordWhenItIsNoRequest() {
    ConsumerRecord<String, byte[]> garbage =
        new ConsumerRecord<>("prompts", 0, offset++, "e", new byte[] {1, 2, 3});
    consumer.schedulePollTask(() -> consumer.addRecord(garbage));
    request("e", 1);
    thread.start();
    await().atMost(LIMIT).until(() -> weights().equals(List.of("e1")));
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(loop.positions()).containsEntry(PROMPTS, 2L));
  }

  @Test
  void shouldAnswerAgainWhenATransactionFails() {
    producer.commitTransactionException = new KafkaException("broker went away");
    request("e", 1);
    thread.start();
    await().atMost(LIMIT).until(producer::transactionAborted);
    producer.commitTransactionException = null;
    // The mock consumer forgets what it has handed out, so the broker's part is played here.
    consumer.schedulePollTask(
        () -> {
          assertThat(consumer.position(PROMPTS)).as("it has gone back").isZero();
          consumer.addRecord(record("e", 1, 0));
        });
    await().atMost(LIMIT).until(() -> producer.commitCount() == 1);
    assertThat(weights()).containsExactly("e1");
    assertThat(loop.failure()).isEmpty();
  }

  @Test
  void shouldStopWhenAnotherProducerHasTakenItsPlace() {
    producer.sendOffsetsToTransactionException = new ProducerFencedException("fenced");
    request("e", 1);
    thread.start();
    await().atMost(LIMIT).until(() -> loop.failure().isPresent());
    assertThat(loop.failure().orElseThrow()).isInstanceOf(ProducerFencedException.class);
    assertThat(weights()).isEmpty();
  }

  @Test
  void shouldCommitAgainWithoutAbortingWhenACommitTimesOut() {
    commitTimeouts.set(2);
    request("e", 1);
    thread.start();
    await().atMost(LIMIT).until(() -> producer.commitCount() == 1);
    assertThat(commits).hasValue(3);
    assertThat(producer.transactionAborted()).isFalse();
    assertThat(weights()).containsExactly("e1");
    assertThat(loop.failure()).isEmpty();
  }

  @Test
  void shouldFailWithTheCauseWhenNoCommitIsAnswered() {
    commitTimeouts.set(Integer.MAX_VALUE);
    request("e", 1);
    thread.start();
    await().atMost(LIMIT).until(() -> loop.failure().isPresent());
    assertThat(loop.failure().orElseThrow())
        .hasMessageContaining("expected the commit of a transaction to be answered")
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(commits).hasValue(3);
    assertThat(producer.transactionAborted()).isFalse();
  }

  @Test
  void shouldLeaveTheRestWhenMoreRequestsComeThanABatchTakes() {
    List<ConsumerRecord<String, byte[]>> five =
        IntStream.range(0, 5).mapToObj(i -> record("e" + i, 1, i)).toList();
    consumer.schedulePollTask(() -> five.forEach(consumer::addRecord));
    thread.start();
    await().atMost(LIMIT).until(() -> producer.commitCount() == 1);
    // The mock consumer forgets what it has handed out, so the broker's part is played here.
    consumer.schedulePollTask(
        () -> {
          assertThat(consumer.position(PROMPTS)).isEqualTo(3);
          five.subList(3, 5).forEach(consumer::addRecord);
        });
    await().atMost(LIMIT).until(() -> producer.commitCount() == 2);
    assertThat(weights()).containsExactly("e01", "e11", "e21", "e31", "e41");
    assertThat(producer.consumerGroupOffsetsHistory())
        .extracting(offsets -> List.copyOf(offsets.values()))
        .containsExactly(
            List.of(Map.of(PROMPTS, new OffsetAndMetadata(3))),
            List.of(Map.of(PROMPTS, new OffsetAndMetadata(5))));
  }

  private void request(String environmentId, long version) {
    ConsumerRecord<String, byte[]> record = record(environmentId, version, offset++);
    consumer.schedulePollTask(() -> consumer.addRecord(record));
  }

  private ConsumerRecord<String, byte[]> record(String environmentId, long version, long at) {
    byte[] bytes =
        serdes
            .serializer(PromptRequest.class)
            .serialize("prompts", Requests.request(environmentId, version));
    return new ConsumerRecord<>("prompts", 0, at, environmentId, bytes);
  }

  private List<String> weights() {
    return producer.history().stream()
        .filter(record -> record.topic().equals("weights"))
        .map(this::name)
        .toList();
  }

  private String name(ProducerRecord<String, byte[]> record) {
    ExpertWeights weights =
        serdes.deserializer(ExpertWeights.class).deserialize("weights", record.value());
    return weights.getEnvironmentId() + weights.getWeightsVersion();
  }
}
