package io.dynadiff.cli.demo;

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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads every topic like any outside consumer, committed records only, and keeps a {@link
 * DemoTally} of them.
 *
 * <p>One thread of its own; the caller closes, which ends it.
 */
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
  private final KafkaConnection connection;
  private final TopicCatalogue topics;
  private final Map<String, Topic> byName;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread thread = new Thread(this::observe, "demo-observer");
  private volatile boolean closed;
  private volatile Throwable failure;

  private DemoObserver(KafkaConnection connection, TopicCatalogue topics) {
    this.connection = connection;
    this.topics = topics;
    this.byName = OBSERVED.stream().collect(Collectors.toMap(topics::name, topic -> topic));
    this.consumer = consumerAtEnd();
  }

  /** Starts to read every topic from where it stands now. */
  static DemoObserver start(KafkaConnection connection, TopicCatalogue topics) {
    DemoObserver observer = new DemoObserver(connection, topics);
    observer.thread.setDaemon(true);
    observer.thread.start();
    return observer;
  }

  DemoTally tally() {
    return tally;
  }

  /** Returns what ended the reading before its time, if anything did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
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

  private KafkaConsumer<String, byte[]> consumerAtEnd() {
    Properties properties = connection.consumerProperties();
    properties.put("client.id", "demo-observer");
    KafkaConsumer<String, byte[]> atEnd =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        OBSERVED.stream()
            .flatMap(
                topic ->
                    IntStream.range(0, topics.partitions(topic))
                        .mapToObj(p -> new TopicPartition(topics.name(topic), p)))
            .toList();
    atEnd.assign(partitions);
    atEnd.seekToEnd(partitions);
    // Seeking is lazy: without asking for the position, records sent meanwhile would be skipped.
    partitions.forEach(atEnd::position);
    return atEnd;
  }

  private void observe() {
    AvroSerdes serdes = connection.serdes();
    try (KafkaConsumer<String, byte[]> reading = consumer;
        Deserializer<FieldFrame> frames = serdes.deserializer(FieldFrame.class);
        Deserializer<Forecast> forecasts = serdes.deserializer(Forecast.class);
        Deserializer<ForecastScore> scores = serdes.deserializer(ForecastScore.class);
        Deserializer<Adaptation> adaptations = serdes.deserializer(Adaptation.class);
        Deserializer<ExpertWeights> weights = serdes.deserializer(ExpertWeights.class)) {
      while (!closed) {
        for (ConsumerRecord<String, byte[]> record : reading.poll(Duration.ofMillis(200))) {
          String topic = record.topic();
          byte[] bytes = record.value();
          if (bytes == null && !topic.equals(topics.name(Topic.FRAMES))) {
            continue; // a tombstone of the compacted topic
          }
          switch (byName.get(topic)) {
            case FRAMES -> tally.update(record.key(), EnvironmentTally::published);
            case FRAMES_REJECTED -> {
              String reason = reason(record);
              tally.update(record.key(), environment -> environment.rejected(reason));
            }
            case FRAMES_ADMITTED -> {
              FieldFrame frame = frames.deserialize(topic, bytes);
              tally.update(record.key(), environment -> environment.admitted(frame));
            }
            case FORECASTS -> {
              Forecast forecast = forecasts.deserialize(topic, bytes);
              tally.update(record.key(), environment -> environment.forecast(forecast));
            }
            case SCORES -> {
              ForecastScore score = scores.deserialize(topic, bytes);
              tally.update(record.key(), environment -> environment.score(score));
            }
            case ADAPTATIONS -> {
              Adaptation adaptation = adaptations.deserialize(topic, bytes);
              tally.update(record.key(), environment -> environment.adaptation(adaptation));
            }
            case WEIGHTS -> {
              ExpertWeights expert = weights.deserialize(topic, bytes);
              tally.update(record.key(), environment -> environment.weights(expert));
            }
            default -> throw new IllegalStateException("Not asked for topic " + topic);
          }
        }
      }
    } catch (WakeupException e) {
      // the way close ends a poll
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private static String reason(ConsumerRecord<String, byte[]> record) {
    return Stream.ofNullable(record.headers().lastHeader("dynadiff.reason"))
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .findFirst()
        .orElse("(no reason given)");
  }
}
