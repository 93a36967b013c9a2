package io.dynadiff.streams.generate;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.wire.RegistryOutage;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes requests, generates, and produces weights in one transaction per batch.
 *
 * <p>Not a topology, because a batch may take longer than a stream thread may be away: here only
 * requests wait, and those of one environment are coalesced to the newest. Runs in one thread, in
 * which the generators live too.
 */
final class GenerateLoop implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(GenerateLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** Batches that may fail in a row, with a pause between them, before the loop gives up. */
  private static final int TRIES = 10;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Tries at the end of one transaction, each as long as the producer's max.block.ms. */
  private static final int TRIES_TO_END = 3;

  private final Consumer<String, byte[]> consumer;
  private final Producer<String, byte[]> producer;
  private final Supplier<AnswerPrompts> opener;
  private final TopicCatalogue topics;
  private final Announcements announcements;
  private final Backlog backlog;
  private final Deserializer<PromptRequest> prompts;
  private final Serializer<ExpertWeights> weights;
  private final Serializer<Adaptation> adaptations;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean assigned;
  private volatile Throwable failure;
  private volatile Map<TopicPartition, Long> positions = Map.of();

  /**
   * Prepares the loop, which closes the clients when it ends.
   *
   * @param opener called in the loop's thread, once
   * @param announcements closed when the loop ends, too
   */
  GenerateLoop(
      Consumer<String, byte[]> consumer,
      Producer<String, byte[]> producer,
      Supplier<AnswerPrompts> opener,
      Announcements announcements,
      TopicCatalogue topics,
      AvroSerdes serdes,
      GenerateSettings settings) {
    this.consumer = consumer;
    this.producer = producer;
    this.opener = opener;
    this.topics = topics;
    this.announcements = announcements;
    this.backlog = new Backlog(settings.batchLimit(), settings.batchBytes());
    this.prompts = serdes.deserializer(PromptRequest.class);
    this.weights = serdes.serializer(ExpertWeights.class);
    this.adaptations = serdes.serializer(Adaptation.class);
  }

  /** Whether the group has let this member in. */
  boolean ready() {
    return assigned && failure == null;
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * For each assigned partition the offset up to which requests are answered. Unlike the committed
   * offset it passes over transaction markers that no request follows.
   */
  Map<TopicPartition, Long> positions() {
    return positions;
  }

  /** Lets the loop end after the batch in hand. */
  void stop() {
    closing.countDown();
  }

  @Override
  public void run() {
    try (consumer;
        producer;
        prompts;
        weights;
        adaptations;
        announcements;
        AnswerPrompts answerer = opener.get()) {
      producer.initTransactions();
      consumer.subscribe(List.of(topics.name(Topic.PROMPTS)), new Assignment());
      int failures = 0;
      while (closing.getCount() > 0) {
        try {
          announcements.poll().forEach(answerer::take);
          poll();
          answer(answerer);
          failures = 0;
          positions =
              consumer.assignment().stream()
                  .collect(Collectors.toUnmodifiableMap(p -> p, consumer::position));
        } catch (KafkaException e) {
          failures++;
          if (failures == TRIES || isFinal(e)) {
            throw e;
          }
          LOG.warn("batch failed, attempt {} of {}: {}", failures, TRIES, e.toString());
          LOG.debug("batch failed", e);
          rewind();
          if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
            break;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("generator has stopped", e);
      failure = e;
    }
  }

  private void poll() {
    backlog.clear();
    boolean more = collect(consumer.poll(POLL));
    // What has piled up during the last batch belongs together: it can be coalesced.
    while (more && !backlog.full()) {
      more = collect(consumer.poll(Duration.ZERO));
    }
  }

  /** Takes records in while there is room and leaves the rest for the next batch. */
  private boolean collect(ConsumerRecords<String, byte[]> records) {
    Map<TopicPartition, Long> surplus = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      if (backlog.full()) {
        surplus.merge(partition(record), record.offset(), Math::min);
      } else {
        int size = record.value() == null ? 0 : record.value().length;
        backlog.add(partition(record), record.offset(), read(record), size);
      }
    }
    surplus.forEach(consumer::seek);
    return !records.isEmpty();
  }

  private static TopicPartition partition(ConsumerRecord<String, byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private void answer(AnswerPrompts answerer) {
    if (backlog.isEmpty()) {
      return;
    }
    AnswerPrompts.Answers answers = answerer.answer(backlog.requests());
    producer.beginTransaction();
    try {
      String weightsTopic = topics.name(Topic.WEIGHTS);
      for (ExpertWeights record : answers.weights()) {
        producer.send(
            new ProducerRecord<>(
                weightsTopic, record.getEnvironmentId(), weights.serialize(weightsTopic, record)));
      }
      String adaptationsTopic = topics.name(Topic.ADAPTATIONS);
      for (Adaptation record : answers.decisions()) {
        producer.send(
            new ProducerRecord<>(
                adaptationsTopic,
                record.getEnvironmentId(),
                adaptations.serialize(adaptationsTopic, record)));
      }
      producer.sendOffsetsToTransaction(backlog.consumed(), consumer.groupMetadata());
      end("commit", producer::commitTransaction);
    } catch (KafkaException e) {
      if (!isFinal(e)) {
        end("abort", producer::abortTransaction);
      }
      throw e;
    }
  }

  /**
   * Ends a transaction. After a timeout the producer allows nothing but the same call again, since
   * the coordinator may have acted on it already.
   *
   * @throws IllegalStateException if it is still unknown after the last try how it has ended
   */
  private void end(String how, Runnable call) {
    for (int attempt = 1; ; attempt++) {
      try {
        call.run();
        return;
      } catch (TimeoutException e) {
        LOG.warn("{} timed out, attempt {} of {}: {}", how, attempt, TRIES_TO_END, e.toString());
        if (attempt == TRIES_TO_END) {
          // An orderly close would wait for the same coordinator, and nobody would be told.
          producer.close(Duration.ZERO);
          throw new IllegalStateException(
              "generate: expected the "
                  + how
                  + " of a transaction to be answered, found "
                  + TRIES_TO_END
                  + " timeouts in a row; check the brokers and start the role again, it goes on"
                  + " from what was committed",
              e);
        }
      }
    }
  }

  /** The request of a record, or null where it is none. */
  private PromptRequest read(ConsumerRecord<String, byte[]> record) {
    try {
      return prompts.deserialize(record.topic(), record.headers(), record.value());
    } catch (SerializationException e) {
      if (RegistryOutage.caused(e)) {
        throw e;
      }
      LOG.warn(
          "{}-{}@{}: expected a request, found {}; skipped, check who writes to the topic",
          record.topic(),
          record.partition(),
          record.offset(),
          e.toString());
      return null;
    }
  }

  /** Goes back to what the last committed transaction has left. */
  private void rewind() {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(consumer.assignment());
    for (TopicPartition partition : consumer.assignment()) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
  }

  private static boolean isFinal(KafkaException e) {
    return e instanceof ProducerFencedException
        || e instanceof OutOfOrderSequenceException
        || e instanceof AuthorizationException;
  }

  private final class Assignment implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // Only a later poll of the batch being collected gets here: others will answer these.
      backlog.forget(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      assigned = true;
    }
  }
}
