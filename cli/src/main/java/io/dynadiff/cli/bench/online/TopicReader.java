package io.dynadiff.cli.bench.online;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads what comes of frames like any outside consumer, committed records only, from where the
 * topics end at the start. A thread of its own; the caller closes.
 */
final class TopicReader implements AutoCloseable {

  private static final List<Topic> READ =
      List.of(Topic.PROMPTS, Topic.WEIGHTS, Topic.FORECASTS, Topic.SCORES, Topic.ADAPTATIONS);

  private final Observations observations = new Observations();
  private final KafkaConnection connection;
  private final Map<String, Topic> byName;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread thread = new Thread(this::read, "bench-reader");
  private volatile boolean closed;
  private volatile Throwable failure;

  private TopicReader(KafkaConnection connection, TopicCatalogue topics) {
    this.connection = connection;
    this.byName = READ.stream().collect(Collectors.toMap(topics::name, topic -> topic));
    Properties properties = connection.consumerProperties();
    this.consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        READ.stream()
            .flatMap(
                topic ->
                    IntStream.range(0, topics.partitions(topic))
                        .mapToObj(p -> new TopicPartition(topics.name(topic), p)))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is lazy: without asking for the position, records sent meanwhile would be skipped.
    partitions.forEach(consumer::position);
  }

  /** Starts to read. */
  static TopicReader start(KafkaConnection connection, TopicCatalogue topics) {
    TopicReader reader = new TopicReader(connection, topics);
    reader.thread.setDaemon(true);
    reader.thread.start();
    return reader;
  }

  Observations observations() {
    return observations;
  }

  /** Returns what ended the reading before its time, if anything did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void read() {
    AvroSerdes serdes = connection.serdes();
    try (KafkaConsumer<String, byte[]> reading = consumer;
        Deserializer<PromptRequest> prompts = serdes.deserializer(PromptRequest.class);
        Deserializer<ExpertWeights> weights = serdes.deserializer(ExpertWeights.class);
        Deserializer<Forecast> forecasts = serdes.deserializer(Forecast.class);
        Deserializer<Adaptation> adaptations = serdes.deserializer(Adaptation.class)) {
      while (!closed) {
        for (ConsumerRecord<String, byte[]> record : reading.poll(Duration.ofMillis(200))) {
          String topic = record.topic();
          byte[] bytes = record.value();
          switch (byName.get(topic)) {
            case PROMPTS -> observations.request(prompts.deserialize(topic, bytes));
            case WEIGHTS -> observations.weights(weights.deserialize(topic, bytes));
            case FORECASTS ->
                observations.forecast(
                    forecasts.deserialize(topic, bytes), System.currentTimeMillis());
            case SCORES -> observations.score();
            case ADAPTATIONS -> observations.decision(adaptations.deserialize(topic, bytes));
            default -> throw new IllegalStateException("not asked for topic " + topic);
          }
        }
      }
    } catch (WakeupException e) {
      // the way close ends a poll
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
