package io.dynadiff.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dynadiff.console.SyntheticFeed;
import io.dynadiff.console.state.ConsoleState;
import io.dynadiff.console.state.EnvironmentDetail;
import io.dynadiff.console.state.EnvironmentRow;
import io.dynadiff.console.state.Limits;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicFeedTest {

  private static final String ID = "lambda-omega/a";
  private static final List<Topic> READ =
      List.of(
          Topic.FRAMES_ADMITTED,
          Topic.FRAMES_REJECTED,
          Topic.FORECASTS,
          Topic.SCORES,
          Topic.ADAPTATIONS,
          Topic.WEIGHTS);

  private final KafkaConnection connection =
      KafkaConnection.plaintext("localhost:1", "mock://topic-feed-test");
  private final TopicCatalogue topics = TopicCatalogue.singleBroker(1);
  private final ConsoleState state = new ConsoleState(Limits.DEFAULT, System::currentTimeMillis);
  private final SyntheticFeed records = SyntheticFeed.plane(ID);
  private final MockConsumer<String, byte[]> consumer =
      new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
  private final Map<Topic, Long> offsets = new HashMap<>();
  private TopicFeed feed;

  @BeforeEach
  void start() {
    place(consumer, READ);
    for (Topic topic : READ) {
      // Frames are read from 500 before the end on, forecasts from 200; of the others there are
      // fewer than would be read.
      offsets.put(
          topic, topic == Topic.FRAMES_ADMITTED ? 100L : topic == Topic.FORECASTS ? 400L : 0L);
    }
    feed = TopicFeed.start(connection, topics, state, consumer);
    await().until(() -> consumer.assignment().size() == READ.size());
  }

  /** Lets a consumer find topics of one partition with 600 records each. */
  private void place(MockConsumer<String, byte[]> consumer, List<Topic> found) {
    Map<TopicPartition, Long> begins = new HashMap<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Topic topic : found) {
      TopicPartition partition = new TopicPartition(topics.name(topic), 0);
      consumer.updatePartitions(
          partition.topic(),
          new ArrayList<>(
              List.of(
                  new PartitionInfo(
                      partition.topic(), 0, Node.noNode(), new Node[0], new Node[0]))));
      begins.put(partition, 0L);
      ends.put(partition, 600L);
    }
    consumer.updateBeginningOffsets(begins);
    consumer.updateEndOffsets(ends);
  }

  @AfterEach
  void close() {
    feed.close();
    assertThat(consumer.closed()).isTrue();
  }

  private <T extends SpecificRecord> void send(Topic topic, Class<T> type, T value) {
    try (Serializer<T> serializer = connection.serdes().serializer(type)) {
      send(topic, serializer.serialize(topics.name(topic), value), new RecordHeaders());
    }
  }

  private void send(Topic topic, byte[] value, RecordHeaders headers) {
    long offset = offsets.merge(topic, 1L, Long::sum) - 1;
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>(
                    topics.name(topic),
                    0,
                    offset,
                    0L,
                    TimestampType.CREATE_TIME,
                    ID.length(),
                    value == null ? 0 : value.length,
                    ID,
                    value,
                    headers,
                    Optional.empty())));
  }

  private EnvironmentRow row() {
    return state.detail(ID, EnvironmentDetail.Seen.NOTHING).orElseThrow().row();
  }

  @Test
  void shouldWaitForEveryTopicWhenTheBrokerHasNotAllOfThem() {
    try (MockConsumer<String, byte[]> early =
            new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
        TopicFeed waiting = TopicFeed.start(connection, topics, state, early)) {
      place(early, READ.subList(0, READ.size() - 1));
      await().until(() -> waiting.health().trouble().contains("no topic weights yet"));
      assertThat(waiting.health().connected()).isFalse();

      place(early, READ);
      await().until(() -> waiting.health().connected());
      assertThat(early.assignment()).hasSize(READ.size());
      assertThat(waiting.failure()).isEmpty();
    }
  }

  @Test
  void shouldKeepWhatEveryTopicSaysWhenItIsRead() {
    send(Topic.FRAMES_ADMITTED, FieldFrame.class, records.frame(7));
    send(Topic.FORECASTS, Forecast.class, records.forecast(7));
    send(Topic.SCORES, ForecastScore.class, records.score(7));
    send(
        Topic.ADAPTATIONS,
        Adaptation.class,
        records.decision(Decision.SHIFT_DETECTED, null, "errors rose"));
    await()
        .untilAsserted(
            () -> {
              EnvironmentDetail detail =
                  state.detail(ID, EnvironmentDetail.Seen.NOTHING).orElseThrow();
              assertThat(detail.row().sequence()).isEqualTo(7);
              assertThat(detail.fields().newestIssue()).isEqualTo(7);
              assertThat(detail.scores()).hasSize(1);
              assertThat(detail.decisions()).hasSize(1);
            });
    assertThat(feed.failure()).isEmpty();
  }

  @Test
  void shouldCountAndPassOverWhatIsNoRecordOfTheTopic() {
    send(Topic.SCORES, "nonsense".getBytes(StandardCharsets.UTF_8), new RecordHeaders());
    send(Topic.WEIGHTS, null, new RecordHeaders());
    send(Topic.FRAMES_ADMITTED, FieldFrame.class, records.frame(1));

    await().until(() -> state.detail(ID, EnvironmentDetail.Seen.NOTHING).isPresent());
    await().until(() -> health(Topic.SCORES).unreadable() == 1);
    assertThat(feed.failure()).isEmpty();
  }

  @Test
  void shouldCountRejectedFramesByReasonWhenTheyAreRead() {
    send(Topic.FRAMES_ADMITTED, FieldFrame.class, records.frame(1));
    await().until(() -> state.detail(ID, EnvironmentDetail.Seen.NOTHING).isPresent());
    RecordHeaders headers = new RecordHeaders();
    headers.add("dynadiff.reason", "NON_FINITE".getBytes(StandardCharsets.UTF_8));
    send(Topic.FRAMES_REJECTED, new byte[] {1}, headers);

    await()
        .untilAsserted(
            () ->
                assertThat(state.totals().rejectedByReason()).isEqualTo(Map.of("NON_FINITE", 1L)));
    assertThat(row().rejected()).isEqualTo(1);
  }

  @Test
  void shouldTellHowFarItIsBehindWhenRecordsAreLeft() {
    await().atMost(Duration.ofSeconds(20)).until(() -> health(Topic.FORECASTS).lag() == 200);
    assertThat(health(Topic.FRAMES_ADMITTED).lag()).isEqualTo(500);
    assertThat(feed.health().connected()).isTrue();
    assertThat(feed.health().caughtUp()).isFalse();
  }

  private FeedHealth.TopicHealth health(Topic topic) {
    return feed.health().topics().stream()
        .filter(one -> one.topic().equals(topics.name(topic)))
        .findFirst()
        .orElseThrow();
  }
}
