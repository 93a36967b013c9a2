package io.dynadiff.console.feed;

import io.dynadiff.console.state.ConsoleState;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes what comes from the topics and hands it to the state. One thread; the caller closes. */
final class RecordSink implements AutoCloseable {

  private final ConsoleState state;
  private final Deserializer<FieldFrame> frames;
  private final Deserializer<Forecast> forecasts;
  private final Deserializer<ForecastScore> scores;
  private final Deserializer<Adaptation> adaptations;
  private final Deserializer<ExpertWeights> weights;

  RecordSink(ConsoleState state, AvroSerdes serdes) {
    this.state = state;
    this.frames = serdes.deserializer(FieldFrame.class);
    this.forecasts = serdes.deserializer(Forecast.class);
    this.scores = serdes.deserializer(ForecastScore.class);
    this.adaptations = serdes.deserializer(Adaptation.class);
    this.weights = serdes.deserializer(ExpertWeights.class);
  }

  /**
   * Takes one record.
   *
   * @throws org.apache.kafka.common.errors.SerializationException if its value is not what belongs
   *     on the topic, or the registry does not answer
   */
  void take(Topic topic, ConsumerRecord<String, byte[]> record) {
    String name = record.topic();
    byte[] value = record.value();
    if (topic == Topic.FRAMES_REJECTED) {
      state.rejected(record.key(), reason(record));
    } else if (value != null) { // null deletes a key of a compacted topic
      switch (topic) {
        case FRAMES_ADMITTED -> state.frame(frames.deserialize(name, value));
        case FORECASTS -> state.forecast(forecasts.deserialize(name, value));
        case SCORES -> state.score(scores.deserialize(name, value));
        case ADAPTATIONS -> state.decision(adaptations.deserialize(name, value));
        case WEIGHTS -> state.weights(weights.deserialize(name, value));
        default -> throw new IllegalStateException("Not asked for topic " + topic);
      }
    }
  }

  private static String reason(ConsumerRecord<String, byte[]> record) {
    Header reason = record.headers().lastHeader("dynadiff.reason");
    return reason == null
        ? "(no reason given)"
        : new String(reason.value(), StandardCharsets.UTF_8);
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
