package io.dynadiff.cli.demo;

import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.producers.feed.FieldFeed;
import io.dynadiff.producers.pace.Pace;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The demo's feeds: six tiles of the recording, an hour a second, and two Lambda-Omega feeds in
 * real time, of which one shifts.
 *
 * <p>One thread for each pace. Safe for use by several threads; the caller closes.
 */
final class DemoFeeds implements AutoCloseable {

  static final String STEADY = LambdaOmegaSeries.SYSTEM + "/steady";
  static final String SHIFTING = LambdaOmegaSeries.SYSTEM + "/shifting";

  private static final Pace RECORDED = new Pace(3600);
  private static final Pace SIMULATED = new Pace(1);

  /** Neither beta is among those the bundle was trained on. */
  private static final double BETA = 1.10;

  private static final double BETA_AFTER_SHIFT = 1.40;

  /** Early enough to see the new expert at work, late enough to see the old one before. */
  private static final double SHIFT_AT = 0.4;

  /** Long enough for a commit on a busy machine. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final RecordedFields recording;
  private final List<FieldFeed> feeds = new ArrayList<>();
  private final FeedThreads threads = new FeedThreads();

  private DemoFeeds(RecordedFields recording) {
    this.recording = recording;
  }

  /**
   * Starts all feeds.
   *
   * @param duration how long the feeds are expected to run; the shift comes at two fifths of it
   * @throws io.dynadiff.physics.recorded.RecordedDataException if the recording cannot be read
   */
  static DemoFeeds start(
      KafkaConnection connection,
      TopicCatalogue topics,
      String runId,
      Path recordingFile,
      Duration duration) {
    DemoFeeds demo = new DemoFeeds(RecordedFields.open(recordingFile));
    try {
      demo.open(connection, topics, runId, demo.tiles(), RECORDED);
      demo.open(connection, topics, runId, lambdaOmega(duration), SIMULATED);
      demo.threads.start();
      return demo;
    } catch (RuntimeException e) {
      demo.close();
      throw e;
    }
  }

  /** Asks every feed to commit what it has, and waits a while until all have ended. */
  void stop() {
    feeds.forEach(FieldFeed::stop);
    threads.await(STOP_LIMIT);
  }

  /** Returns the frames that the broker has, by environment. */
  Map<String, Long> committed() {
    Map<String, Long> committed = new TreeMap<>();
    feeds.forEach(feed -> committed.putAll(feed.committedByEnvironment()));
    return committed;
  }

  /** Returns what ended a feed before its time, if anything did. */
  Optional<Throwable> failure() {
    return threads.failure();
  }

  @Override
  public void close() {
    stop();
    feeds.forEach(FieldFeed::close);
    recording.close();
  }

  private void open(
      KafkaConnection connection,
      TopicCatalogue topics,
      String runId,
      List<? extends FieldSeries> series,
      Pace pace) {
    FieldFeed feed = FieldFeed.open(connection, topics, runId, true, series, pace, progress -> {});
    feeds.add(feed);
    threads.add("demo-feed-" + series.get(0).system(), feed::run);
  }

  /** What comes after the days that training has used, on the tiles it has not. */
  private List<? extends FieldSeries> tiles() {
    Era5Environments environments = Era5Environments.standard();
    RecordedField field = recording.variable(environments.variable());
    return environments.unseen().stream().map(tile -> environments.heldOut(field, tile)).toList();
  }

  private static List<? extends FieldSeries> lambdaOmega(Duration duration) {
    LambdaOmegaEnvironments environments = LambdaOmegaEnvironments.standard();
    long now = System.currentTimeMillis();
    long shift = (long) (SHIFT_AT * duration.toMillis()) / environments.intervalMillis();
    BetaSchedule shifting =
        new BetaSchedule(
            List.of(
                new BetaSchedule.Change(0, BETA),
                new BetaSchedule.Change(Math.max(1, shift), BETA_AFTER_SHIFT)));
    return List.of(
        new LambdaOmegaSeries(
            STEADY,
            environments.parameters(),
            BetaSchedule.constant(BETA),
            1,
            now,
            environments.intervalMillis(),
            Long.MAX_VALUE),
        new LambdaOmegaSeries(
            SHIFTING,
            environments.parameters(),
            shifting,
            2,
            now,
            environments.intervalMillis(),
            Long.MAX_VALUE));
  }
}
