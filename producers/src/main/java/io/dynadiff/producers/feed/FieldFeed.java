package io.dynadiff.producers.feed;

import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.producers.pace.Pace;
import io.dynadiff.producers.pace.PaceClock;
import io.dynadiff.producers.publish.FrameEncoder;
import io.dynadiff.producers.publish.FramePublisher;
import io.dynadiff.producers.publish.PublishedFrames;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Publishes several series side by side, in event-time order, at a pace.
 *
 * <p>Frames that are due together travel in one transaction, which is committed before the feed
 * waits for the next ones. {@link #run} belongs to one thread; {@link #stop} and the counters may
 * be used from any. The caller closes feed and series.
 */
public final class FieldFeed implements AutoCloseable {
  /** At pace max a transaction is committed after so many frames or so much time. */
  private static final int LARGEST_TRANSACTION = 256;

  private static final long LONGEST_TRANSACTION_NANOS = 100_000_000;

  private final String runId;
  private final List<FieldSeries> series;
  private final Pace pace;
  private final FramePublisher publisher;
  private final Map<String, FieldFrame> lastFrames;
  private final Consumer<FeedProgress> listener;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Makes a feed on an open publisher.
   *
   * @param lastFrames last committed frame of environments that this run has begun already
   * @param listener told after every commit, on the thread that runs the feed
   * @throws ResumeException if a last frame is not one that the series would have given
   */
  FieldFeed(
      String runId,
      List<? extends FieldSeries> series,
      Pace pace,
      FramePublisher publisher,
      Map<String, FieldFrame> lastFrames,
      Consumer<FeedProgress> listener) {
    this.runId = runId;
    this.series = List.copyOf(series);
    this.pace = pace;
    this.publisher = publisher;
    this.lastFrames = Map.copyOf(lastFrames);
    this.listener = listener;
    this.series.forEach(this::requireContinuation);
  }

  /**
   * Opens a feed: takes over the run from any earlier producer and finds out where it stands.
   *
   * @param runId names the run; a run that the topic knows is continued after its last frame
   * @param fresh true for a run id nobody has used before, which saves reading the topic
   * @param series at least one, each of another environment
   * @param listener told after every commit, on the thread that runs the feed
   * @throws io.dynadiff.producers.publish.PublishException if broker or registry do not answer
   * @throws ResumeException if the run in the topic is not the beginning of these series
   */
  public static FieldFeed open(
      KafkaConnection connection,
      TopicCatalogue topics,
      String runId,
      boolean fresh,
      List<? extends FieldSeries> series,
      Pace pace,
      Consumer<FeedProgress> listener) {
    Set<String> environments = new HashSet<>();
    for (FieldSeries one : series) {
      if (!environments.add(one.environmentId())) {
        throw new IllegalArgumentException(
            "feed: expected every environment once, found " + one.environmentId() + " twice");
      }
    }
    if (environments.isEmpty()) {
      throw new IllegalArgumentException("feed: expected at least one series, found none");
    }
    FramePublisher publisher = FramePublisher.open(connection, topics, runId, environments);
    try {
      Map<String, FieldFrame> last =
          fresh ? Map.of() : PublishedFrames.last(connection, topics, runId, environments);
      return new FieldFeed(runId, series, pace, publisher, last, listener);
    } catch (RuntimeException e) {
      publisher.close();
      throw e;
    }
  }

  private void requireContinuation(FieldSeries one) {
    FieldFrame last = lastFrames.get(one.environmentId());
    if (last == null) {
      return;
    }
    String problem = null;
    if (!last.getSystem().equals(one.system())) {
      problem = "system " + last.getSystem() + ", here it is " + one.system();
    } else if (last.getIntervalMs() != one.intervalMillis()) {
      problem =
          "an interval of " + last.getIntervalMs() + " ms, here it is " + one.intervalMillis();
    } else if (!shape(one).equals(last.getField().getShape())) {
      problem = "frames of " + last.getField().getShape() + ", here they are " + shape(one);
    } else if (last.getSequence() >= one.length()) {
      problem = "frame " + last.getSequence() + ", here are only " + one.length() + " frames";
    } else {
      long expected = one.snapshots(last.getSequence()).next().eventTimeMillis();
      if (expected != last.getEventTime().toEpochMilli()) {
        problem =
            "event time "
                + last.getEventTime()
                + " at frame "
                + last.getSequence()
                + ", here it is "
                + Instant.ofEpochMilli(expected);
      }
    }
    if (problem != null) {
      throw new ResumeException(
          "run "
              + runId
              + " cannot be continued: environment "
              + one.environmentId()
              + " was published with "
              + problem
              + "; use the settings it was started with, or another run id");
    }
  }

  private static List<Integer> shape(FieldSeries one) {
    FieldShape shape = one.shape();
    return List.of(shape.channels(), shape.height(), shape.width());
  }

  /**
   * Publishes until every series has ended or {@link #stop} is called; commits before it returns.
   *
   * @throws io.dynadiff.producers.publish.PublishException if frames cannot be published
   * @throws RuntimeException if a series cannot be read; frames before that are committed
   */
  public FeedSummary run() {
    PriorityQueue<Cursor> due =
        new PriorityQueue<>(
            Comparator.comparingLong((Cursor c) -> c.snapshot.eventTimeMillis())
                .thenComparingInt(c -> c.position));
    for (int i = 0; i < series.size(); i++) {
      Cursor cursor = new Cursor(series.get(i), i);
      if (cursor.advance()) {
        due.add(cursor);
      }
    }
    if (!due.isEmpty()) {
      try {
        publish(due);
      } catch (io.dynadiff.producers.publish.PublishException e) {
        throw e;
      } catch (RuntimeException e) {
        // The series failed, not the broker: what was read before that is good.
        publisher.commit();
        throw e;
      }
    }
    return new FeedSummary(
        runId,
        publisher.committed(),
        publisher.committedByEnvironment(),
        resumedFrom(),
        due.isEmpty());
  }

  private void publish(PriorityQueue<Cursor> due) {
    PaceClock clock = new PaceClock(pace, due.peek().snapshot.eventTimeMillis(), System::nanoTime);
    long openedNanos = System.nanoTime();
    long eventTime = due.peek().snapshot.eventTimeMillis();
    long lagNanos = 0;
    while (!due.isEmpty()) {
      Cursor next = due.peek();
      long waitNanos = clock.nanosUntil(next.snapshot.eventTimeMillis());
      boolean mustWait = waitNanos > 0;
      if (mustWait
          || publisher.pending() >= LARGEST_TRANSACTION
          || System.nanoTime() - openedNanos > LONGEST_TRANSACTION_NANOS) {
        commit(eventTime, lagNanos);
        openedNanos = System.nanoTime();
        // The commit took part of the wait.
        waitNanos = clock.nanosUntil(next.snapshot.eventTimeMillis());
      }
      if (stopRequested(Math.max(0, waitNanos))) {
        break;
      }
      lagNanos = Math.max(0, -clock.nanosUntil(next.snapshot.eventTimeMillis()));
      eventTime = next.snapshot.eventTimeMillis();
      due.poll();
      publisher.publish(next.encoder.encode(next.index, next.snapshot));
      if (next.advance()) {
        due.add(next);
      }
    }
    commit(eventTime, lagNanos);
  }

  private boolean stopRequested(long waitNanos) {
    try {
      return stopped.await(waitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void commit(long eventTimeMillis, long lagNanos) {
    if (publisher.pending() == 0) {
      return;
    }
    publisher.commit();
    listener.accept(
        new FeedProgress(
            runId,
            publisher.committed(),
            resumedFrom(),
            total(),
            eventTimeMillis,
            lagNanos / 1_000_000));
  }

  /** Asks the feed to commit what it has and return; returns at once. */
  public void stop() {
    stopped.countDown();
  }

  /** Frames committed since this start. */
  public long committed() {
    return publisher.committed();
  }

  /** Frames committed since this start, per environment. */
  public Map<String, Long> committedByEnvironment() {
    return publisher.committedByEnvironment();
  }

  /** Frames that were in the topic already when the feed was opened. */
  public long resumedFrom() {
    return lastFrames.values().stream().mapToLong(frame -> frame.getSequence() + 1).sum();
  }

  /** Frames of the whole run; empty where a series has no end. */
  public OptionalLong total() {
    long total = 0;
    for (FieldSeries one : series) {
      if (one.length() == Long.MAX_VALUE) {
        return OptionalLong.empty();
      }
      total += one.length();
    }
    return OptionalLong.of(total);
  }

  /** Frees the connection to the broker; aborts what {@link #run} has not committed. */
  @Override
  public void close() {
    stop();
    publisher.close();
  }

  /** One series and its next snapshot. */
  private final class Cursor {
    private final int position;
    private final FrameEncoder encoder;
    private final Iterator<Snapshot> snapshots;
    private long index;
    private Snapshot snapshot;

    Cursor(FieldSeries one, int position) {
      FieldFrame last = lastFrames.get(one.environmentId());
      long first = last == null ? 0 : last.getSequence() + 1;
      this.position = position;
      this.encoder = new FrameEncoder(runId, one);
      this.snapshots = one.snapshots(first);
      this.index = first - 1;
    }

    boolean advance() {
      if (!snapshots.hasNext()) {
        return false;
      }
      snapshot = snapshots.next();
      index++;
      return true;
    }
  }
}
