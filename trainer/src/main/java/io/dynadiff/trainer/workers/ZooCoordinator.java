package io.dynadiff.trainer.workers;

import io.dynadiff.schemas.avro.ZooResult;
import io.dynadiff.schemas.avro.ZooTask;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Asks workers for every stack of a zoo that is not there yet, and keeps what they train where
 * {@link TrainedSystem#zoo} finds it. The topics must exist. Confined to one thread.
 */
public final class ZooCoordinator {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration REMINDER = Duration.ofMinutes(1);

  private final KafkaConnection connection;
  private final TopicCatalogue topics;
  private final PrintStream progress;

  public ZooCoordinator(KafkaConnection connection, TopicCatalogue topics, PrintStream progress) {
    this.connection = connection;
    this.topics = topics;
    this.progress = progress;
  }

  /**
   * Returns when every stack is there.
   *
   * @return number of stacks that workers trained
   * @throws IllegalArgumentException if a stack is too large for a record
   * @throws IllegalStateException if a worker reports that a stack cannot be trained
   * @throws KafkaException if the broker or the registry does not answer
   */
  public int run(TrainedSystem system) throws InterruptedException {
    ZooShare share = new ZooShare(system);
    Set<Integer> missing = new TreeSet<>();
    IntStream.range(0, share.chunks())
        .filter(chunk -> share.store(chunk).result().isEmpty())
        .forEach(missing::add);
    int wanted = missing.size();
    if (wanted == 0) {
      progress.printf("zoo: all %d stacks are there%n", share.chunks());
      return 0;
    }
    try (Deserializer<ZooResult> values = connection.serdes().deserializer(ZooResult.class);
        Consumer<String, ZooResult> consumer =
            new KafkaConsumer<>(
                connection.consumerProperties(), new StringDeserializer(), values)) {
      String topic = topics.name(Topic.ZOO_RESULTS);
      List<TopicPartition> partitions =
          IntStream.range(0, topics.partitions(Topic.ZOO_RESULTS))
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer
            .poll(POLL)
            .forEach(
                record -> {
                  // An earlier failure is no reason not to try again.
                  if (record.value().getFailure() == null) {
                    accept(share, record.value(), missing);
                  }
                });
      }
      int published = missing.size();
      progress.printf(
          "zoo: %d of %d stacks are there, %d published for workers%n",
          share.chunks() - published, share.chunks(), published);
      publish(share, missing);
      await(share, consumer, missing);
    }
    return wanted;
  }

  private void publish(ZooShare share, Set<Integer> chunks) throws InterruptedException {
    try (Serializer<ZooTask> values = connection.serdes().serializer(ZooTask.class);
        Producer<String, ZooTask> producer =
            new KafkaProducer<>(connection.producerProperties(), new StringSerializer(), values)) {
      int place = 0;
      for (int chunk : chunks) {
        ZooTask task = share.task(chunk, Instant.now());
        // In turn over the partitions, so that as many workers as possible have something to do.
        producer
            .send(
                new ProducerRecord<>(
                    topics.name(Topic.ZOO_TASKS),
                    place++ % topics.partitions(Topic.ZOO_TASKS),
                    task.getStageId(),
                    task))
            .get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException(
          "a task of the zoo could not be published: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private void await(ZooShare share, Consumer<String, ZooResult> consumer, Set<Integer> missing) {
    long start = System.nanoTime();
    long said = start;
    int asked = missing.size();
    while (!missing.isEmpty()) {
      for (var record : consumer.poll(POLL)) {
        ZooResult result = record.value();
        if (accept(share, result, missing)) {
          said = System.nanoTime();
          progress(asked - missing.size(), asked, start, result);
        }
      }
      if (System.nanoTime() - said > REMINDER.toNanos()) {
        said = System.nanoTime();
        progress.printf(
            "zoo: waiting for %d of %d stacks; workers are started with dynadiff zoo work%n",
            missing.size(), asked);
      }
    }
  }

  private void progress(int done, int asked, long start, ZooResult result) {
    double seconds = (System.nanoTime() - start) / 1e9;
    Duration left = Duration.ofSeconds(Math.round(seconds / done * (asked - done)));
    progress.printf(
        Locale.ROOT,
        "zoo: %d/%d stacks, the last by %s in %.0f s  ETA %d:%02d%n",
        done,
        asked,
        result.getWorker(),
        result.getSeconds(),
        left.toMinutes(),
        left.toSecondsPart());
  }

  /** Keeps a result if it is for a missing stack and whole. */
  private boolean accept(ZooShare share, ZooResult result, Set<Integer> missing) {
    for (int chunk : missing) {
      if (!share.answers(result, chunk)) {
        continue;
      }
      if (result.getFailure() != null) {
        throw new IllegalStateException(
            "worker "
                + result.getWorker()
                + " could not train stack "
                + (chunk + 1)
                + ": "
                + result.getFailure());
      }
      try {
        share.keep(result, chunk);
      } catch (IllegalArgumentException e) {
        progress.printf("zoo: a result was not taken: %s%n", e.getMessage());
        return false;
      }
      missing.remove(chunk);
      return true;
    }
    return false;
  }
}
