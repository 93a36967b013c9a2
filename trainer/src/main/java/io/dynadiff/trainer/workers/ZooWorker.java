package io.dynadiff.trainer.workers;

import io.dynadiff.schemas.avro.ZooResult;
import io.dynadiff.schemas.avro.ZooTask;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * One member of the group that trains stacks of a zoo.
 *
 * <p>A task is committed after the broker has its result: a worker that is killed leaves it to
 * another one. Training runs on a thread of its own while this one stays in the group. The topics
 * must exist; nothing else may train meanwhile in the process.
 */
public final class ZooWorker {

  private static final Duration POLL = Duration.ofMillis(250);

  private final KafkaConnection connection;
  private final TopicCatalogue topics;
  private final TrainedSystem system;
  private final StackTraining training;
  private final PrintStream progress;

  /** Offsets of finished tasks that the group has not taken yet. */
  private final Map<TopicPartition, OffsetAndMetadata> owed = new HashMap<>();

  private volatile boolean stopped;
  private Future<ZooResult> running;
  private ConsumerRecord<String, ZooTask> current;

  /**
   * @param system data and expert that this worker can train for; its other settings do not matter
   * @param name names the worker, for people
   */
  public ZooWorker(
      KafkaConnection connection,
      TopicCatalogue topics,
      TrainedSystem system,
      String name,
      PrintStream progress) {
    this.connection = connection;
    this.topics = topics;
    this.system = system;
    this.training = new StackTraining(system, name, progress);
    this.progress = progress;
  }

  /**
   * Trains whatever is asked for until {@link #stop}; a training that is cut off then goes to
   * another worker.
   *
   * @throws KafkaException if the broker or the registry does not answer
   */
  public void run() throws InterruptedException {
    Properties properties = connection.consumerProperties();
    properties.put("group.id", topics.name(Topic.ZOO_TASKS) + "-" + ZooShare.dataId(system));
    properties.put("max.poll.records", "1");
    // Workers that come and go do not take from others what they are training.
    properties.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    ExecutorService trainer = Executors.newSingleThreadExecutor(ZooWorker::daemon);
    try (Deserializer<ZooTask> tasks = connection.serdes().deserializer(ZooTask.class);
        Consumer<String, ZooTask> consumer =
            new KafkaConsumer<>(properties, new StringDeserializer(), tasks);
        Serializer<ZooResult> results = connection.serdes().serializer(ZooResult.class);
        Producer<String, ZooResult> producer =
            new KafkaProducer<>(connection.producerProperties(), new StringSerializer(), results)) {
      consumer.subscribe(List.of(topics.name(Topic.ZOO_TASKS)));
      progress.printf("zoo: waiting for tasks%n");
      while (!stopped) {
        if (running != null) {
          consumer.pause(consumer.assignment());
        }
        for (ConsumerRecord<String, ZooTask> record : consumer.poll(POLL)) {
          take(consumer, record, trainer);
        }
        if (running != null && running.isDone()) {
          publish(producer);
          consumer.resume(consumer.assignment());
        }
        commit(consumer);
      }
    } finally {
      trainer.shutdownNow();
    }
  }

  /** Asks {@link #run} to end soon; from any thread. */
  public void stop() {
    stopped = true;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "zoo-training");
    thread.setDaemon(true);
    return thread;
  }

  private void take(
      Consumer<String, ZooTask> consumer,
      ConsumerRecord<String, ZooTask> record,
      ExecutorService trainer) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    if (running != null) {
      // From a partition that was assigned a moment ago: not now.
      consumer.seek(partition, record.offset());
    } else if (!record.value().getDataId().equals(ZooShare.dataId(system))) {
      owed.put(partition, new OffsetAndMetadata(record.offset() + 1));
    } else {
      current = record;
      running = trainer.submit(() -> training.train(record.value()));
    }
  }

  private void publish(Producer<String, ZooResult> producer) throws InterruptedException {
    try {
      ZooResult result = running.get();
      producer
          .send(new ProducerRecord<>(topics.name(Topic.ZOO_RESULTS), result.getStageId(), result))
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException(
          "stack "
              + (current.value().getChunk() + 1)
              + " could not be trained or published: "
              + e.getCause().getMessage(),
          e.getCause());
    }
    owed.put(
        new TopicPartition(current.topic(), current.partition()),
        new OffsetAndMetadata(current.offset() + 1));
    running = null;
    current = null;
  }

  /** Commits what this worker may still commit; the rest is another's to do again. */
  private void commit(Consumer<String, ZooTask> consumer) {
    owed.keySet().retainAll(consumer.assignment());
    if (owed.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(owed);
      owed.clear();
    } catch (RebalanceInProgressException | CommitFailedException e) {
      progress.printf("zoo: the group is changing; a finished task is committed later%n");
    }
  }
}
