package io.dynadiff.cli.demo;

import io.dynadiff.cli.tail.TopicTail;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/** Keeps a {@link DemoTally} of what comes on every topic. The caller closes. */
final class DemoObserver implements AutoCloseable {

  private static final List<Topic> OBSERVED =
      List.of(
          Topic.FRAMES,
          Topic.FRAMES_ADMITTED,
          Topic.FRAMES_REJECTED,
          Topic.WEIGHTS,
          Topic.FORECASTS,
          Topic.SCORES,
          Topic.ADAPTATIONS);

  private final DemoTally tally = new DemoTally();
  private final TopicTail tail;

  private DemoObserver(KafkaConnection connection, TopicCatalogue topics) {
    this.tail =
        TopicTail.start(
            "demo-observer", connection, topics, OBSERVED, new Reading(tally, connection.serdes()));
  }

  /** Starts to read every topic from where it stands now. */
  static DemoObserver start(KafkaConnection connection, TopicCatalogue topics) {
    return new DemoObserver(connection, topics);
  }

  DemoTally tally() {
    return tally;
  }

  /** Returns what ended the reading before its time, if anything did. */
  Optional<Throwable> failure() {
    return tail.failure();
  }

  @Override
  public void close() {
    tail.close();
  }

  private static final class Reading implements TopicTail.Records {

    private final DemoTally tally;
    private final Deserializer<FieldFrame> frames;
    private final Deserializer<Forecast> forecasts;
    private final Deserializer<ForecastScore> scores;
    private final Deserializer<Adaptation> adaptations;
    private final Deserializer<ExpertWeights> weights;

    Reading(DemoTally tally, AvroSerdes serdes) {
      this.tally = tally;
      this.frames = serdes.deserializer(FieldFrame.class);
      this.forecasts = serdes.deserializer(Forecast.class);
      this.scores = serdes.deserializer(ForecastScore.class);
      this.adaptations = serdes.deserializer(Adaptation.class);
      this.weights = serdes.deserializer(ExpertWeights.class);
    }

    @Override
    public void take(Topic topic, ConsumerRecord<String, byte[]> record) {
      String name = record.topic();
      byte[] bytes = record.value();
      if (bytes == null && topic != Topic.FRAMES) {
        return; // a tombstone of the compacted topic
      }
      switch (topic) {
        case FRAMES -> tally.update(record.key(), EnvironmentTally::published);
        case FRAMES_REJECTED -> {
          String reason = reason(record);
          tally.update(record.key(), environment -> environment.rejected(reason));
        }
        case FRAMES_ADMITTED -> {
          FieldFrame frame = frames.deserialize(name, bytes);
          tally.update(record.key(), environment -> environment.admitted(frame));
        }
        case FORECASTS -> {
          Forecast forecast = forecasts.deserialize(name, bytes);
          tally.update(record.key(), environment -> environment.forecast(forecast));
        }
        case SCORES -> {
          ForecastScore score = scores.deserialize(name, bytes);
          tally.update(record.key(), environment -> environment.score(score));
        }
        case ADAPTATIONS -> {
          Adaptation adaptation = adaptations.deserialize(name, bytes);
          tally.update(record.key(), environment -> environment.adaptation(adaptation));
        }
        case WEIGHTS -> {
          ExpertWeights expert = weights.deserialize(name, bytes);
          tally.update(record.key(), environment -> environment.weights(expert));
        }
        default -> throw new IllegalStateException("not asked for topic " + name);
      }
    }

    private static String reason(ConsumerRecord<String, byte[]> record) {
      return Stream.ofNullable(record.headers().lastHeader("dynadiff.reason"))
          .map(Header::value)
          .map(value -> new String(value, StandardCharsets.UTF_8))
          .findFirst()
          .orElse("(no reason given)");
    }

    @Override
    public void close() {
      frames.close();
      forecasts.close();
      scores.close();
      adaptations.close();
      weights.close();
    }
  }
}
