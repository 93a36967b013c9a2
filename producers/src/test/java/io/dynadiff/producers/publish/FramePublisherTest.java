package io.dynadiff.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaParameters;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.schemas.avro.Condition;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class FramePublisherTest {
  private final MockFrames mock = new MockFrames();
  private final LambdaOmegaSeries series =
      new LambdaOmegaSeries(
          "lambda-omega/a",
          LambdaOmegaParameters.standard(1),
          BetaSchedule.constant(1.3),
          1,
          5000,
          200,
          10);
  private final FrameEncoder encoder = new FrameEncoder("run-1", series);

  @Test
  void shouldShowFramesOnlyWhenCommitted() {
    try (FramePublisher publisher = mock.publisher()) {
      assertThat(mock.producer.transactionInitialized()).isTrue();
      publisher.publish(frame(0));
      publisher.publish(frame(1));
      assertThat(mock.committed()).isEmpty();
      assertThat(publisher.pending()).isEqualTo(2);
      assertThat(publisher.committed()).isZero();
      publisher.commit();
      publisher.commit();
      assertThat(mock.committed()).containsExactly("lambda-omega/a:0", "lambda-omega/a:1");
      assertThat(publisher.committed()).isEqualTo(2);
      assertThat(publisher.committedByEnvironment()).isEqualTo(Map.of("lambda-omega/a", 2L));
      assertThat(mock.producer.commitCount()).isEqualTo(1);
    }
    assertThat(mock.producer.closed()).isTrue();
  }

  @Test
  void shouldAbortAndSayHowToContinueWhenAFrameCannotBeSent() {
    FramePublisher publisher = mock.publisher();
    publisher.publish(frame(0));
    publisher.commit();
    mock.producer.sendException = new RecordTooLargeException("4194305 bytes, limit 4194304");
    assertThatThrownBy(() -> publisher.publish(frame(1)))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("topic frames")
        .hasMessageContaining("frame 1 of environment lambda-omega/a")
        .hasMessageContaining("limit 4194304")
        .hasMessageContaining("1 frames are committed")
        .hasMessageContaining("same run id");
    assertThat(mock.producer.transactionAborted()).isTrue();
    assertThat(mock.committed()).containsExactly("lambda-omega/a:0");
    assertThatThrownBy(() -> publisher.publish(frame(2))).hasMessageContaining("has failed");
    publisher.close();
  }

  @Test
  void shouldSayWhoTookOverWhenFenced() {
    FramePublisher publisher = mock.publisher();
    publisher.publish(frame(0));
    mock.producer.commitTransactionException = new ProducerFencedException("fenced");
    assertThatThrownBy(publisher::commit)
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("another producer has taken over this run");
    assertThat(publisher.committed()).isZero();
  }

  @Test
  void shouldGiveUpWhenCommitKeepsTimingOut() {
    FramePublisher publisher = mock.publisher();
    publisher.publish(frame(0));
    mock.producer.commitTransactionException = new TimeoutException("no coordinator");
    assertThatThrownBy(publisher::commit).hasMessageContaining("no coordinator");
  }

  @Test
  void shouldStillSayWhatHappenedWhenATimedOutCommitCannotBeAborted() {
    MockProducer<String, FieldFrame> unanswered =
        new MockProducer<>(true, null, new StringSerializer(), (topic, frame) -> new byte[1]) {
          @Override
          public void abortTransaction() {
            throw new IllegalStateException("a commit is under way");
          }
        };
    FramePublisher publisher = new FramePublisher(unanswered, "frames");
    publisher.publish(frame(0));
    unanswered.commitTransactionException = new TimeoutException("no coordinator");

    assertThatThrownBy(publisher::commit)
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("no coordinator")
        .hasMessageContaining("same run id");
    publisher.close();
    assertThat(unanswered.closed()).isTrue();
  }

  @Test
  void shouldRefuseToOpenWhenBrokerIsSilent() {
    mock.producer.initTransactionException = new KafkaException("timed out");
    assertThatThrownBy(mock::publisher)
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("check that the broker answers");
    assertThat(mock.producer.closed()).isTrue();
  }

  @Test
  void shouldNameTransactionsByRunAndEnvironments() {
    TopicCatalogue topics = TopicCatalogue.singleBroker(1);
    String id = FramePublisher.transactionalId(topics, "r", List.of("a", "b"));
    assertThat(FramePublisher.transactionalId(topics, "r", List.of("b", "a"))).isEqualTo(id);
    assertThat(FramePublisher.transactionalId(topics, "s", List.of("a", "b"))).isNotEqualTo(id);
    assertThat(FramePublisher.transactionalId(topics, "r", List.of("ab"))).isNotEqualTo(id);
  }

  @Test
  void shouldEncodeEverythingTheSeriesKnows() {
    FieldFrame frame = frame(3);
    assertThat(frame.getRunId()).isEqualTo("run-1");
    assertThat(frame.getSystem()).isEqualTo("lambda-omega");
    assertThat(frame.getSequence()).isEqualTo(3);
    assertThat(frame.getEventTime()).isEqualTo(Instant.ofEpochMilli(5600));
    assertThat(frame.getIntervalMs()).isEqualTo(200);
    assertThat(frame.getGrid().getPeriodic()).isTrue();
    assertThat(frame.getGrid().getOriginY()).isEqualTo(-10);
    assertThat(frame.getChannels()).extracting("name").containsExactly("u", "v");
    assertThat(frame.getConditions()).containsExactly(new Condition("beta", 1.3, "1"));
    assertThat(TensorCodec.shape(frame.getField())).containsExactly(2, 32, 32);
    assertThat(TensorCodec.decode(frame.getField()))
        .containsExactly(series.snapshots(3).next().values());
  }

  private FieldFrame frame(long sequence) {
    return encoder.encode(sequence, series.snapshots(sequence).next());
  }
}
