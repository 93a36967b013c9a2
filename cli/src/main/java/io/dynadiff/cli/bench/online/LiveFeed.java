package io.dynadiff.cli.bench.online;

import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.producers.publish.FrameEncoder;
import io.dynadiff.producers.publish.FramePublisher;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Feeds many environments at a steady pace, each at moments of its own, from a thread of its own.
 *
 * <p>Frames that are due together are published in one transaction, as by any producer of several
 * environments. Counters may be read from any thread; the caller closes.
 */
final class LiveFeed implements AutoCloseable {

  /**
   * What is fed.
   *
   * @param run names the runs of the environments
   * @param environments number of environments, at least 1
   * @param periodMillis wall-clock time between two frames of one environment
   * @param joinMillis wall-clock time over which the environments begin, one after the other
   * @param tickMillis frames that are due within this time share a transaction
   * @param framesPerRun frames after which an environment begins a new run on another trajectory; 0
   *     for never
   */
  record Plan(
      String run,
      int environments,
      long periodMillis,
      long joinMillis,
      long tickMillis,
      int framesPerRun) {}

  private static final int LARGEST_TRANSACTION = 500;

  private final Plan plan;
  private final Trajectories trajectories;
  private final FramePublisher publisher;
  private final PriorityQueue<Environment> due =
      new PriorityQueue<>(Comparator.comparingLong(e -> e.dueNanos));
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicLong latenessNanos = new AtomicLong();
  private final Thread thread = new Thread(this::run, "bench-feed");
  private volatile Throwable failure;

  private LiveFeed(Plan plan, Trajectories trajectories, FramePublisher publisher) {
    this.plan = plan;
    this.trajectories = trajectories;
    this.publisher = publisher;
  }

  /** Starts to feed. */
  static LiveFeed start(
      KafkaConnection connection, TopicCatalogue topics, Trajectories trajectories, Plan plan) {
    List<String> ids = IntStream.range(0, plan.environments).mapToObj(LiveFeed::id).toList();
    LiveFeed feed =
        new LiveFeed(plan, trajectories, FramePublisher.open(connection, topics, plan.run, ids));
    long now = System.nanoTime();
    for (int e = 0; e < plan.environments; e++) {
      long offset = TimeUnit.MILLISECONDS.toNanos(plan.joinMillis * e / plan.environments);
      feed.due.add(feed.new Environment(e, now + offset));
    }
    feed.thread.setDaemon(true);
    feed.thread.start();
    return feed;
  }

  private static String id(int environment) {
    return "bench/" + environment;
  }

  /** One environment and when its next frame is due. */
  private final class Environment {
    private final int number;
    private long dueNanos;
    private int run = -1;
    private int sequence;
    private int firstStep;
    private int trajectory;
    private long startMillis;
    private FrameEncoder encoder;

    Environment(int number, long dueNanos) {
      this.number = number;
      this.dueNanos = dueNanos;
    }

    void publish() {
      if (run < 0 || (plan.framesPerRun > 0 && sequence == plan.framesPerRun)) {
        begin();
      }
      float[] field = trajectories.field(trajectory, firstStep + sequence);
      long interval = trajectories.description(trajectory, "").intervalMillis();
      publisher.publish(
          encoder.encode(sequence, new Snapshot(startMillis + sequence * interval, field)));
      sequence++;
      dueNanos += TimeUnit.MILLISECONDS.toNanos(plan.periodMillis);
    }

    private void begin() {
      run++;
      firstStep += sequence;
      sequence = 0;
      // Neighbouring trajectories are alike: a stride makes every change a large one.
      trajectory = (number + 3 * run) % trajectories.count();
      startMillis = System.currentTimeMillis();
      encoder =
          new FrameEncoder(plan.run + "-" + run, trajectories.description(trajectory, id(number)));
    }
  }

  private void run() {
    try {
      while (!stop.await(untilNextNanos(), TimeUnit.NANOSECONDS)) {
        long now = System.nanoTime();
        latenessNanos.accumulateAndGet(now - due.peek().dueNanos, Math::max);
        List<Environment> taken = new ArrayList<>();
        while (!due.isEmpty() && due.peek().dueNanos <= now && taken.size() < LARGEST_TRANSACTION) {
          Environment next = due.poll();
          next.publish();
          taken.add(next);
        }
        due.addAll(taken);
        publisher.commit();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private long untilNextNanos() {
    long wait = due.peek().dueNanos - System.nanoTime();
    return Math.max(0, wait) + TimeUnit.MILLISECONDS.toNanos(plan.tickMillis);
  }

  /** Frames committed since the start. */
  long published() {
    return publisher.committed();
  }

  /** The longest that a frame was published after it was due, in milliseconds, since last asked. */
  double takeLatenessMillis() {
    return latenessNanos.getAndSet(0) / 1e6;
  }

  /** Returns what ended the feed before its time, if anything did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Publishes nothing more; returns when everything published is on the topic. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(60));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
  }
}
