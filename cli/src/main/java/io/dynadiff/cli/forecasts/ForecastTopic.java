package io.dynadiff.cli.forecasts;

import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.kafka.KafkaConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committed forecasts of a topic, of all environments or one. Bytes that are no forecast are
 * passed over with a warning. Used by one thread, but for {@link #wakeUp}; who opens it closes it.
 */
final class ForecastTopic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ForecastTopic.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** Records looked back at first; a topic of few environments needs no more. */
  private static final long FIRST_SPAN = 64;

  private final String topic;
  private final Optional<String> environmentId;
  private final Deserializer<Forecast> values;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> ends;

  /**
   * Looks where the topic ends now; it must be there.
   *
   * @param environmentId the only environment that is wanted, or empty for all
   */
  ForecastTopic(KafkaConnection connection, String topic, Optional<String> environmentId) {
    this.topic = topic;
    this.environmentId = environmentId;
    values = connection.serdes().deserializer(Forecast.class);
    consumer =
        new KafkaConsumer<>(
            connection.consumerProperties(), new StringDeserializer(), new ByteArrayDeserializer());
    try {
      partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      ends = consumer.endOffsets(partitions);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Hands over every forecast from the beginning to the end, in order for each environment. */
  void readAll(Consumer<Forecast> reader, ReadProgress progress) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    progress.begins(partitions.stream().mapToLong(p -> ends.get(p) - begins.get(p)).sum());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
          wanted(record).ifPresent(reader);
        }
      }
      progress.at(
          partitions.stream()
              .mapToLong(p -> Math.min(consumer.position(p), ends.get(p)) - begins.get(p))
              .sum());
    }
  }

  /**
   * What a function makes of the newest forecasts, oldest first.
   *
   * @param count most forecasts, at least 0
   */
  <T> List<T> newest(int count, Function<Forecast, T> digest) {
    record Dated<T>(long timestamp, T digest) {}
    List<Dated<T>> found = new ArrayList<>();
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      Deque<Dated<T>> newest = new ArrayDeque<>();
      long to = ends.get(partition);
      // Markers of transactions and other environments' forecasts lie between.
      for (long span = FIRST_SPAN; newest.size() < count && to > begins.get(partition); span *= 4) {
        long from = Math.max(begins.get(partition), to - span);
        List<Dated<T>> earlier = new ArrayList<>();
        range(
            partition,
            from,
            to,
            record ->
                wanted(record)
                    .ifPresent(
                        forecast ->
                            earlier.add(new Dated<>(record.timestamp(), digest.apply(forecast)))));
        for (int i = earlier.size() - 1; i >= 0 && newest.size() < count; i--) {
          newest.addFirst(earlier.get(i));
        }
        to = from;
      }
      found.addAll(newest);
    }
    found.sort(Comparator.comparingLong(Dated::timestamp));
    return found.subList(Math.max(0, found.size() - count), found.size()).stream()
        .map(Dated::digest)
        .toList();
  }

  /**
   * Hands over what comes after the end that was found, until {@link #wakeUp}.
   *
   * @param goOn whether to go on, asked several times a second
   */
  void follow(Consumer<Forecast> reader, BooleanSupplier goOn) {
    consumer.assign(partitions);
    ends.forEach(consumer::seek);
    try {
      while (goOn.getAsBoolean()) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          wanted(record).ifPresent(reader);
        }
      }
    } catch (WakeupException e) {
      LOG.debug("Asked to end", e);
    }
  }

  /** Ends {@link #follow}; may be called by any thread, before it, too. */
  void wakeUp() {
    consumer.wakeup();
  }

  private void range(
      TopicPartition partition,
      long from,
      long to,
      Consumer<ConsumerRecord<String, byte[]>> reader) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    while (consumer.position(partition) < to) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < to) {
          reader.accept(record);
        }
      }
    }
  }

  private Optional<Forecast> wanted(ConsumerRecord<String, byte[]> record) {
    if (environmentId.isPresent() && !environmentId.get().equals(record.key())) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(values.deserialize(topic, record.headers(), record.value()));
    } catch (SerializationException e) {
      LOG.warn(
          "{}-{}@{}: expected Forecast, found {}; passed over",
          topic,
          record.partition(),
          record.offset(),
          e.toString());
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    consumer.close();
    values.close();
  }
}
