package io.dynadiff.streams.weights;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads the whole weights topic into an inbox, tells when it has caught up with where
 * the topic ended at the start, and follows it from there. Closed by whoever started it.
 */
public final class WeightsFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WeightsFollower.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  /** Tries at a record while the registry does not answer, one second apart. */
  private static final int TRIES = 60;

  private final WeightsInbox inbox;
  private final String topic;
  private final Consumer<String, byte[]> consumer;
  private final Thread thread;
  private final CountDownLatch warm = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Throwable failure;

  /**
   * Prepares a follower.
   *
   * @param consumerProperties properties of a read-committed consumer from the earliest offset
   */
  public WeightsFollower(WeightsInbox inbox, String topic, Properties consumerProperties) {
    this(
        inbox,
        topic,
        new KafkaConsumer<>(
            consumerProperties, new StringDeserializer(), new ByteArrayDeserializer()));
  }

  WeightsFollower(WeightsInbox inbox, String topic, Consumer<String, byte[]> consumer) {
    this.inbox = inbox;
    this.topic = topic;
    this.consumer = consumer;
    this.thread = new Thread(this::run, "weights-follower");
    this.thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Whether everything that stood in the topic at the start has been read. */
  public boolean warm() {
    return warm.getCount() == 0 && failure == null;
  }

  /**
   * Waits until {@link #warm()} or a failure.
   *
   * @return whether it is warm
   */
  public boolean awaitWarm(Duration limit) throws InterruptedException {
    return warm.await(limit.toMillis(), TimeUnit.MILLISECONDS) && failure == null;
  }

  /** Why the thread has ended, if it has by itself. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void run() {
    try (consumer) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (closing.getCount() > 0) {
        if (warm.getCount() > 0
            && partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
          warm.countDown();
        }
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          offer(record);
        }
      }
    } catch (WakeupException e) {
      LOG.debug("weights follower woken up to close");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("weights follower has stopped", e);
      failure = e;
    } finally {
      warm.countDown();
    }
  }

  private void offer(ConsumerRecord<String, byte[]> record) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        inbox.offer(record);
        return;
      } catch (SerializationException e) {
        if (attempt == TRIES) {
          throw e;
        }
        LOG.warn("schema registry does not answer, attempt {} of {}: {}", attempt, TRIES, e);
        if (closing.await(1, TimeUnit.SECONDS)) {
          return;
        }
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    consumer.wakeup();
    try {
      if (thread.isAlive()) {
        thread.join(CLOSE_TIMEOUT.toMillis());
      } else if (thread.getState() == Thread.State.NEW) {
        consumer.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
