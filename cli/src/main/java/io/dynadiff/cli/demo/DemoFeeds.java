package io.dynadiff.cli.demo;

import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.simulation.ConditionSchedule;
import io.dynadiff.physics.simulation.SimulatedSeries;
import io.dynadiff.physics.simulation.SimulatedSystem;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
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
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * The demo's feeds: six tiles of the recording, an hour a second, and in real time two Lambda-Omega
 * feeds, of which one shifts, and one feed of every flow, which all shift.
 *
 * <p>One thread for each pace. Safe for use by several threads; the caller closes.
 */
final class DemoFeeds implements AutoCloseable {

  static final String STEADY = LambdaOmegaSeries.SYSTEM + "/steady";
  static final String SHIFTING = LambdaOmegaSeries.SYSTEM + "/shifting";

  private static final Pace RECORDED = new Pace(3600);
  private static final Pace SIMULATED = new Pace(1);

  /** No conditions of the demo are among those the bundles were trained on. */
  private static final double BETA = 1.10;

  private static final double BETA_AFTER_SHIFT = 1.40;

  /** A flow and its conditions before and after its shift. */
  private record Flow(String system, Map<String, Double> before, Map<String, Double> after) {}

  private static final List<Flow> FLOWS =
      List.of(
          new Flow(KolmogorovFlow.SYSTEM, Map.of("reynolds", 102.0), Map.of("reynolds", 186.0)),
          new Flow(
              ForcedNavierStokes.SYSTEM,
              Map.of("amplitude", 0.16, "shift", 0.3),
              Map.of("amplitude", 0.26, "shift", 0.3)),
          new Flow(
              CylinderSolver.SYSTEM,
              Map.of("radius", 18.0, "reynolds", 250.0),
              Map.of("radius", 18.0, "reynolds", 440.0)));

  /** The systems that have feeds, and so need bundles. */
  static List<String> systems() {
    return Stream.concat(
            Stream.of(LambdaOmegaSeries.SYSTEM, Era5Environments.standard().system()),
            FLOWS.stream().map(Flow::system))
        .toList();
  }

  /** Early enough to see the new expert at work, late enough to see the old one before. */
  private static final double SHIFT_AT = 0.4;

  /** Long enough for a commit on a busy machine. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final RecordedFields recording;
  private final List<FieldFeed> feeds = new ArrayList<>();
  private final FeedThreads threads = new FeedThreads();
  private volatile boolean stopping;

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
      for (Flow flow : FLOWS) {
        demo.open(connection, topics, runId, List.of(demo.series(flow, duration)), SIMULATED);
      }
      demo.threads.start();
      return demo;
    } catch (RuntimeException e) {
      demo.close();
      throw e;
    }
  }

  /** Asks every feed to commit what it has, and waits a while until all have ended. */
  void stop() {
    stopping = true;
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

  private FieldSeries series(Flow flow, Duration duration) {
    SystemForm form = SystemForm.of(flow.system, SystemForm.LAPTOP);
    return series(flow, SimulatedSystems.shown(form, 1), form.intervalMillis(), duration);
  }

  private <S> FieldSeries series(
      Flow flow, SimulatedSystem<S> system, long intervalMillis, Duration duration) {
    return new SimulatedSeries<>(
        flow.system + "/shifting",
        system,
        new ConditionSchedule(
            List.of(
                new ConditionSchedule.Change(0, flow.before),
                new ConditionSchedule.Change(shiftFrame(duration, intervalMillis), flow.after))),
        3,
        System.currentTimeMillis(),
        intervalMillis,
        Long.MAX_VALUE,
        (done, whole) -> {
          // Before its first frame a flow develops for seconds.
          if (stopping) {
            throw new CancellationException("stopped before the first frame");
          }
        });
  }

  private static long shiftFrame(Duration duration, long intervalMillis) {
    return Math.max(1, (long) (SHIFT_AT * duration.toMillis()) / intervalMillis);
  }

  private static List<? extends FieldSeries> lambdaOmega(Duration duration) {
    LambdaOmegaEnvironments environments = LambdaOmegaEnvironments.standard();
    long now = System.currentTimeMillis();
    BetaSchedule shifting =
        new BetaSchedule(
            List.of(
                new BetaSchedule.Change(0, BETA),
                new BetaSchedule.Change(
                    shiftFrame(duration, environments.intervalMillis()), BETA_AFTER_SHIFT)));
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
