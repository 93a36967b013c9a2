package io.dynadiff.producers.publish;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes frames to the frames topic, in transactions.
 *
 * <p>A transaction rather than idempotence alone, for two reasons: a batch that times out must not
 * leave later frames behind it in the topic, and a stalled producer whose run somebody else has
 * taken over must not wake up and write again (it is fenced by the transactional id, made of the
 * run and its environments).
 *
 * <pre>
 *   log of a partition:  f0 f1 f2 | commit | f3 f4 (process killed)            | abort | f3 f4 | commit
 *   readers see:         f0 f1 f2                                                        f3 f4
 * </pre>
 *
 * <p>Frames in flight are bounded by the transaction, which the caller keeps short: {@link #commit}
 * waits for all of them. Counters may be read from any thread; everything else belongs to one
 * thread, which closes. A publisher that has thrown can only be closed.
 */
public final class FramePublisher implements AutoCloseable {
  private static final int COMMIT_ATTEMPTS = 3;

  private final Producer<String, FieldFrame> producer;
  private final String topic;
  private final Map<String, Long> committed = new ConcurrentHashMap<>();
  private final AtomicLong committedTotal = new AtomicLong();
  private final AtomicReference<Exception> sendFailure = new AtomicReference<>();
  private final Map<String, Long> pending = new TreeMap<>();
  private int pendingTotal;
  private boolean failed;

  /**
   * Wraps a producer with a transactional id and ends what an earlier owner of that id left open.
   *
   * @param topic full name of the frames topic
   * @throws PublishException if the broker does not answer
   */
  FramePublisher(Producer<String, FieldFrame> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      failed = true;
      close();
      throw new PublishException(
          "topic "
              + topic
              + ": no transaction could be set up: "
              + e.getMessage()
              + "; check that the broker answers",
          e);
    }
  }

  /**
   * Opens a publisher for one run; fences any other publisher of the same run and environments.
   *
   * @throws PublishException if the broker does not answer
   */
  public static FramePublisher open(
      KafkaConnection connection,
      TopicCatalogue topics,
      String runId,
      Collection<String> environmentIds) {
    Properties properties = connection.producerProperties();
    String id = transactionalId(topics, runId, environmentIds);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    properties.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, id);
    properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "5");
    // A killed producer hides later frames from everybody until its transaction has timed out.
    properties.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "30000");
    return new FramePublisher(
        new KafkaProducer<>(
            properties, new StringSerializer(), connection.serdes().serializer(FieldFrame.class)),
        topics.name(Topic.FRAMES));
  }

  static String transactionalId(
      TopicCatalogue topics, String runId, Collection<String> environmentIds) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String id : new TreeSet<>(environmentIds)) {
        digest.update(id.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return topics.prefix()
          + "dynadiff-frames-"
          + runId
          + "-"
          + HexFormat.of().formatHex(digest.digest(), 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * Adds a frame to the open transaction, opening one where there is none; waits while the
   * producer's buffer is full.
   *
   * @throws PublishException if this or an earlier frame of the transaction cannot be sent; the
   *     transaction is aborted
   */
  public void publish(FieldFrame frame) {
    requireWorking();
    try {
      if (pendingTotal == 0) {
        producer.beginTransaction();
      }
      pendingTotal++;
      pending.merge(frame.getEnvironmentId(), 1L, Long::sum);
      producer.send(
          new ProducerRecord<>(topic, frame.getEnvironmentId(), frame),
          (metadata, failure) -> {
            if (failure != null) {
              sendFailure.compareAndSet(null, failure);
            }
          });
    } catch (KafkaException e) {
      throw abort(
          "frame " + frame.getSequence() + " of environment " + frame.getEnvironmentId(), e);
    }
    if (sendFailure.get() != null) {
      throw abort("a frame before " + frame.getSequence(), sendFailure.get());
    }
  }

  /**
   * Commits the open transaction and waits until the broker has it; does nothing without one.
   *
   * @throws PublishException if it cannot be committed; whether its frames are seen is then not
   *     known where the broker stopped answering, and a start with the same run id finds out
   */
  public void commit() {
    requireWorking();
    if (pendingTotal == 0) {
      return;
    }
    try {
      commitPatiently();
    } catch (KafkaException e) {
      throw abort("a transaction of " + pendingTotal + " frames", e);
    }
    pending.forEach((id, count) -> committed.merge(id, count, Long::sum));
    committedTotal.addAndGet(pendingTotal);
    pending.clear();
    pendingTotal = 0;
  }

  /** A commit that timed out may have happened; asking again is the way to find out. */
  private void commitPatiently() {
    for (int attempt = 1; ; attempt++) {
      try {
        producer.commitTransaction();
        return;
      } catch (TimeoutException e) {
        if (attempt == COMMIT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private PublishException abort(String what, Exception cause) {
    failed = true;
    try {
      producer.abortTransaction();
    } catch (KafkaException | IllegalStateException ignored) {
      // Fenced or out of reach: the broker ends the transaction by its timeout. Illegal after a
      // commit that timed out, which may yet happen.
    }
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String why =
        cause instanceof ProducerFencedException
            ? "another producer has taken over this run"
            : cause.getMessage() + (root == cause ? "" : " (" + root + ")");
    return new PublishException(
        "topic "
            + topic
            + ": "
            + what
            + " could not be published: "
            + why
            + "; "
            + committedTotal
            + " frames are committed, start again with the same run id to continue",
        cause);
  }

  private void requireWorking() {
    if (failed) {
      throw new IllegalStateException("this publisher has failed and can only be closed");
    }
  }

  /** Frames of the open transaction. */
  public int pending() {
    return pendingTotal;
  }

  /** Frames committed by this publisher. */
  public long committed() {
    return committedTotal.get();
  }

  /** Frames committed by this publisher, per environment. */
  public Map<String, Long> committedByEnvironment() {
    return Map.copyOf(committed);
  }

  /** Aborts an open transaction and frees the producer; safe to call twice. */
  @Override
  public void close() {
    producer.close(failed ? Duration.ZERO : Duration.ofSeconds(10));
  }
}
