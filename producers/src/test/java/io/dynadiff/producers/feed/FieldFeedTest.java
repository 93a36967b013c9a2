package io.dynadiff.producers.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.producers.pace.Pace;
import io.dynadiff.producers.publish.FrameEncoder;
import io.dynadiff.producers.publish.FramePublisher;
import io.dynadiff.producers.publish.MockFrames;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FieldFeedTest {
  private final MockFrames mock = new MockFrames();
  private final FramePublisher publisher = mock.publisher();
  private final List<FeedProgress> progress = new ArrayList<>();

  @Test
  void shouldPublishSeriesInEventTimeOrder() {
    FeedSummary summary =
        feed(
                Pace.MAX,
                Map.of(),
                new ListSeries("a", 0, 100, 3),
                new ListSeries("b", 50, 200, 2),
                new ListSeries("c", 0, 100, 1))
            .run();
    assertThat(mock.committed()).containsExactly("a:0", "c:0", "b:0", "a:1", "a:2", "b:1");
    assertThat(summary.complete()).isTrue();
    assertThat(summary.committed()).isEqualTo(6);
    assertThat(summary.committedByEnvironment()).isEqualTo(Map.of("a", 3L, "b", 2L, "c", 1L));
  }

  @Test
  void shouldCommitOneTransactionPerTickAtAPace() {
    feed(new Pace(10), Map.of(), new ListSeries("a", 0, 100, 3), new ListSeries("b", 0, 100, 3))
        .run();
    assertThat(mock.producer.commitCount()).isEqualTo(3);
    assertThat(progress).extracting(FeedProgress::committed).containsExactly(2L, 4L, 6L);
    assertThat(progress).extracting(FeedProgress::eventTimeMillis).containsExactly(0L, 100L, 200L);
    assertThat(progress.get(2).total()).hasValue(6);
  }

  @Test
  void shouldBoundTransactionsAtMax() {
    feed(Pace.MAX, Map.of(), new ListSeries("a", 0, 100, 600)).run();
    assertThat(mock.producer.commitCount()).isGreaterThanOrEqualTo(3);
    assertThat(mock.committed()).hasSize(600).endsWith("a:599");
  }

  @Test
  void shouldContinueEachEnvironmentAfterItsLastFrame() {
    ListSeries a = new ListSeries("a", 0, 100, 4);
    ListSeries b = new ListSeries("b", 0, 100, 4);
    FieldFeed feed = feed(Pace.MAX, Map.of("a", last(a, 1)), a, b);
    FeedSummary summary = feed.run();
    assertThat(mock.committed()).containsExactly("b:0", "b:1", "a:2", "b:2", "a:3", "b:3");
    assertThat(summary.resumedFrom()).isEqualTo(2);
    assertThat(progress.get(progress.size() - 1).done()).isEqualTo(8);
  }

  @Test
  void shouldPublishNothingWhenTheRunIsComplete() {
    ListSeries a = new ListSeries("a", 0, 100, 4);
    FeedSummary summary = feed(Pace.MAX, Map.of("a", last(a, 3)), a).run();
    assertThat(summary.committed()).isZero();
    assertThat(summary.complete()).isTrue();
  }

  @Test
  void shouldRefuseToContinueARunOfOtherSettings() {
    ListSeries begun = new ListSeries("a", 0, 100, 10);
    Map<String, FieldFrame> last = Map.of("a", last(begun, 5));
    assertThatThrownBy(() -> feed(Pace.MAX, last, new ListSeries("a", 0, 200, 10)))
        .isInstanceOf(ResumeException.class)
        .hasMessageContaining("100 ms")
        .hasMessageContaining("another run id");
    assertThatThrownBy(() -> feed(Pace.MAX, last, new ListSeries("a", 100, 100, 10)))
        .hasMessageContaining("event time 1970-01-01T00:00:00.500Z at frame 5");
    assertThatThrownBy(() -> feed(Pace.MAX, last, new ListSeries("a", 0, 100, 5)))
        .hasMessageContaining("only 5 frames");
    last.get("a").getField().setShape(List.of(3, 2, 2));
    assertThatThrownBy(() -> feed(Pace.MAX, last, begun))
        .hasMessageContaining("frames of [3, 2, 2], here they are [1, 2, 2]");
  }

  @Test
  void shouldCommitWhatItHasWhenStopped() throws Exception {
    FieldFeed feed = feed(new Pace(1), Map.of(), new ListSeries("a", 0, 3_600_000, 10));
    CompletableFuture<FeedSummary> running = CompletableFuture.supplyAsync(feed::run);
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> feed.committed() == 1);
    feed.stop();
    FeedSummary summary = running.get(5, TimeUnit.SECONDS);
    assertThat(summary.complete()).isFalse();
    assertThat(mock.committed()).containsExactly("a:0");
  }

  @Test
  void shouldCommitWhatWasReadBeforeASeriesFails() {
    FieldFeed feed = feed(Pace.MAX, Map.of(), new ListSeries("a", 0, 100, 10, 4));
    assertThatThrownBy(feed::run).hasMessageContaining("no data at 4");
    // The failing read happens right after frame 3 was handed over.
    assertThat(mock.committed()).containsExactly("a:0", "a:1", "a:2", "a:3");
  }

  @Test
  void shouldRefuseNoSeriesAndOneEnvironmentTwice() {
    KafkaConnection nowhere = KafkaConnection.plaintext("localhost:1", "http://localhost:1");
    TopicCatalogue topics = TopicCatalogue.singleBroker(1);
    ListSeries a = new ListSeries("a", 0, 100, 1);
    assertThatThrownBy(
            () -> FieldFeed.open(nowhere, topics, "r", true, List.of(a, a), Pace.MAX, p -> {}))
        .hasMessageContaining("a twice");
    assertThatThrownBy(
            () -> FieldFeed.open(nowhere, topics, "r", true, List.of(), Pace.MAX, p -> {}))
        .hasMessageContaining("found none");
  }

  private static FieldFrame last(FieldSeries series, long sequence) {
    return new FrameEncoder("r", series).encode(sequence, series.snapshots(sequence).next());
  }

  private FieldFeed feed(Pace pace, Map<String, FieldFrame> last, FieldSeries... series) {
    return new FieldFeed("r", List.of(series), pace, publisher, last, progress::add);
  }
}
