package io.dynadiff.producers.sensor;

import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.producers.feed.FeedProgress;
import io.dynadiff.producers.feed.ResumeException;
import io.dynadiff.producers.publish.FrameEncoder;
import io.dynadiff.schemas.avro.FieldFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Makes observations into frames and hands them on.
 *
 * <p>Sequences have no gaps: an interval that is withheld or without observations leaves out its
 * event time, not a sequence number, and readers see the jump in time. {@link #run} belongs to one
 * thread; {@link #stop} may be called from any. The caller closes outlet and input.
 */
final class SensorFeed {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
  private static final int LARGEST_TRANSACTION = 64;
  private static final int SHOWN_MALFORMED = 10;

  private final String runId;
  private final SensorSettings settings;
  private final ObservationInput input;
  private final FrameOutlet outlet;
  private final Consumer<FeedProgress> progress;
  private final Consumer<String> notices;
  private final LongSupplier wallMillis;
  private final IntervalCollector intervals;
  private final StationGridder gridder;
  private final StationRegister stations;
  private final Map<IntervalCollector.Outcome, Long> outcomes =
      new EnumMap<>(IntervalCollector.Outcome.class);
  private final long resumedFrom;
  private long sequence;
  private long withheld;
  private long malformed;
  private long eventTimeMillis;
  private long openedNanos;
  private long heardMillis;
  private boolean saidQuiet;
  private volatile boolean stopped;

  /**
   * Makes a feed on an open outlet.
   *
   * @param last last committed frame of this run, where it has been begun
   * @param progress told after every commit
   * @param notices told one sentence at a time what a person should know
   * @param wallMillis the present, milliseconds since 1970
   * @throws ResumeException if the last frame is not one that these settings would have given
   */
  SensorFeed(
      String runId,
      SensorSettings settings,
      ObservationInput input,
      FrameOutlet outlet,
      Optional<FieldFrame> last,
      Consumer<FeedProgress> progress,
      Consumer<String> notices,
      LongSupplier wallMillis) {
    this.runId = runId;
    this.settings = settings;
    this.input = input;
    this.outlet = outlet;
    this.progress = progress;
    this.notices = notices;
    this.wallMillis = wallMillis;
    last.ifPresent(this::requireContinuation);
    this.resumedFrom = last.map(frame -> frame.getSequence() + 1).orElse(0L);
    this.sequence = resumedFrom;
    this.eventTimeMillis = last.map(f -> f.getEventTime().toEpochMilli()).orElse(Long.MIN_VALUE);
    this.intervals =
        new IntervalCollector(
            settings.intervalMillis(), settings.latenessMillis(), eventTimeMillis, wallMillis);
    this.gridder = new StationGridder(settings.grid(), settings.gridding(), settings.radiusKm());
    this.stations =
        new StationRegister(
            settings.intervalMillis(), settings.silentAfter(), settings.expectedStations());
  }

  private void requireContinuation(FieldFrame last) {
    String problem = null;
    if (!last.getSystem().equals(settings.system())) {
      problem = "system " + last.getSystem() + ", here it is " + settings.system();
    } else if (last.getIntervalMs() != settings.intervalMillis()) {
      problem =
          "an interval of " + last.getIntervalMs() + " ms, here it is " + settings.intervalMillis();
    } else if (!last.getGrid().equals(encoderGrid(last))) {
      problem = "another grid or other channels";
    }
    if (problem != null) {
      throw new ResumeException(
          "run "
              + runId
              + " cannot be continued: environment "
              + settings.environmentId()
              + " was published with "
              + problem
              + "; use the settings it was started with, or another run id");
    }
  }

  /** The grid of a frame of these settings, or null where the channels differ. */
  private Object encoderGrid(FieldFrame last) {
    FieldFrame own =
        new FrameEncoder(runId, settings)
            .encode(0, new Snapshot(0, new float[settings.shape().size()]));
    return own.getChannels().equals(last.getChannels()) ? own.getGrid() : null;
  }

  /**
   * Publishes until the input ends or {@link #stop} is called; commits before it returns.
   *
   * @throws io.dynadiff.producers.publish.PublishException if frames cannot be published
   * @throws IllegalArgumentException if the input is not one of observations
   * @throws java.io.UncheckedIOException if the input cannot be read any further
   */
  SensorSummary run() {
    boolean complete = false;
    heardMillis = wallMillis.getAsLong();
    try {
      while (!stopped && !complete) {
        ObservationInput.Item item = input.poll(LONGEST_WAIT);
        reportQuiet(item != null);
        if (item instanceof ObservationInput.Observed observed) {
          outcomes.merge(intervals.add(observed.observation()), 1L, Long::sum);
          publish(intervals.closed());
        } else if (item instanceof ObservationInput.Malformed bad) {
          report(bad);
        } else if (item instanceof ObservationInput.Failed failed) {
          outlet.commit();
          throw failed.cause();
        } else if (item instanceof ObservationInput.Ended) {
          publish(intervals.closeAll());
          complete = true;
        }
        if (item == null
            || outlet.pending() >= LARGEST_TRANSACTION
            || System.nanoTime() - openedNanos > LONGEST_WAIT.toNanos()) {
          commit();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    commit();
    return summary(complete);
  }

  /** Event time stands still when nobody says anything; only the clock on the wall tells. */
  private void reportQuiet(boolean heard) {
    long now = wallMillis.getAsLong();
    if (heard) {
      heardMillis = now;
      saidQuiet = false;
    } else if (!saidQuiet
        && now - heardMillis >= settings.silentAfter() * settings.intervalMillis()) {
      saidQuiet = true;
      notices.accept(
          "no station has given data for " + (now - heardMillis) / 1000 + " s; still waiting");
    }
  }

  private void report(ObservationInput.Malformed bad) {
    malformed++;
    if (malformed <= SHOWN_MALFORMED) {
      notices.accept(bad.where() + ": " + bad.why() + "; the line is left out");
    }
    if (malformed == SHOWN_MALFORMED) {
      notices.accept("further malformed lines are only counted");
    }
  }

  private void publish(List<IntervalCollector.Interval> closed) {
    for (IntervalCollector.Interval interval : closed) {
      stations.record(interval).forEach(notices);
      StationGridder.Gridded field = gridder.grid(interval.observations());
      if (field.coverage() < settings.minimumCoverage()) {
        withheld++;
        notices.accept(
            String.format(
                Locale.ROOT,
                "interval of %s withheld: expected a coverage of at least %.2f, found %.2f from %d"
                    + " stations",
                Instant.ofEpochMilli(interval.eventTimeMillis()),
                settings.minimumCoverage(),
                field.coverage(),
                interval.observations().size()));
        continue;
      }
      if (outlet.pending() == 0) {
        openedNanos = System.nanoTime();
      }
      eventTimeMillis = interval.eventTimeMillis();
      outlet.add(sequence, new Snapshot(eventTimeMillis, values(field)));
      sequence++;
      if (outlet.pending() >= LARGEST_TRANSACTION) {
        commit();
      }
    }
  }

  private float[] values(StationGridder.Gridded field) {
    int points = field.values().length;
    float[] values = java.util.Arrays.copyOf(field.values(), settings.shape().size());
    for (int i = 0; settings.maskChannel() && i < points; i++) {
      values[points + i] = field.covered()[i] ? 1 : 0;
    }
    return values;
  }

  private void commit() {
    if (outlet.pending() == 0) {
      return;
    }
    outlet.commit();
    progress.accept(
        new FeedProgress(
            runId,
            outlet.committed(),
            resumedFrom,
            OptionalLong.empty(),
            eventTimeMillis,
            Math.max(0, wallMillis.getAsLong() - eventTimeMillis)));
  }

  private SensorSummary summary(boolean complete) {
    return new SensorSummary(
        outlet.committed(),
        resumedFrom,
        withheld,
        count(IntervalCollector.Outcome.TAKEN),
        count(IntervalCollector.Outcome.REPEATED),
        count(IntervalCollector.Outcome.LATE),
        count(IntervalCollector.Outcome.BEFORE_START),
        count(IntervalCollector.Outcome.FUTURE),
        malformed,
        intervals.waiting(),
        stations.known(),
        stations.silent(),
        complete);
  }

  private long count(IntervalCollector.Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  /** Frames of this run that were in the topic already. */
  long resumedFrom() {
    return resumedFrom;
  }

  /** Asks the feed to commit what it has and return; returns at once. */
  void stop() {
    stopped = true;
  }
}
