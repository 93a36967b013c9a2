package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.tail.TopicTail;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Keeps {@link Observations} of what comes of frames. The caller closes. */
final class TopicReader implements AutoCloseable {

  private static final List<Topic> READ =
      List.of(Topic.PROMPTS, Topic.WEIGHTS, Topic.FORECASTS, Topic.SCORES, Topic.ADAPTATIONS);

  private final Observations observations = new Observations();
  private final TopicTail tail;

  private TopicReader(KafkaConnection connection, TopicCatalogue topics) {
    this.tail =
        TopicTail.start(
            "bench-reader",
            connection,
            topics,
            READ,
            new Reading(observations, connection.serdes()));
  }

  /** Starts to read every topic from where it stands now. */
  static TopicReader start(KafkaConnection connection, TopicCatalogue topics) {
    return new TopicReader(connection, topics);
  }

  Observations observations() {
    return observations;
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

    private final Observations observations;
    private final Deserializer<PromptRequest> prompts;
    private final Deserializer<ExpertWeights> weights;
    private final Deserializer<Forecast> forecasts;
    private final Deserializer<Adaptation> adaptations;

    Reading(Observations observations, AvroSerdes serdes) {
      this.observations = observations;
      this.prompts = serdes.deserializer(PromptRequest.class);
      this.weights = serdes.deserializer(ExpertWeights.class);
      this.forecasts = serdes.deserializer(Forecast.class);
      this.adaptations = serdes.deserializer(Adaptation.class);
    }

    @Override
    public void take(Topic topic, ConsumerRecord<String, byte[]> record) {
      String name = record.topic();
      byte[] bytes = record.value();
      switch (topic) {
        case PROMPTS -> observations.request(prompts.deserialize(name, bytes));
        case WEIGHTS -> observations.weights(weights.deserialize(name, bytes));
        case FORECASTS ->
            observations.forecast(forecasts.deserialize(name, bytes), System.currentTimeMillis());
        case SCORES -> observations.score();
        case ADAPTATIONS -> observations.decision(adaptations.deserialize(name, bytes));
        default -> throw new IllegalStateException("not asked for topic " + name);
      }
    }

    @Override
    public void close() {
      prompts.close();
      weights.close();
      forecasts.close();
      adaptations.close();
    }
  }
}
