package io.dynadiff.console.state;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the console remembers of all environments, bounded by {@link Limits}.
 *
 * <p>Records are taken over: the caller must not use them afterwards. Safe for use by many threads.
 */
public final class ConsoleState {

  private static final int DELAYS = 512;

  private final Limits limits;
  private final LongSupplier clock;
  private final ConcurrentSkipListMap<String, Environment> environments =
      new ConcurrentSkipListMap<>();
  private final AtomicLong revision = new AtomicLong();
  private final AtomicLong fieldBytes = new AtomicLong();
  private final AtomicLong beyondLimit = new AtomicLong();
  private final Map<String, Long> rejectedByReason = new TreeMap<>();
  private final Ring<Long> forecastDelaysMs = new Ring<>(DELAYS);

  /**
   * Begins with nothing.
   *
   * @param clock wall clock in milliseconds
   */
  public ConsoleState(Limits limits, LongSupplier clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** Takes an admitted frame. */
  public void frame(FieldFrame frame) {
    update(
        frame.getEnvironmentId(), environment -> environment.frame(frame, clock.getAsLong()), true);
  }

  /** Takes a forecast; members and the retired expert's forecast are not kept. */
  public void forecast(Forecast forecast) {
    forecast.setMemberFields(null);
    forecast.setRetired(null);
    long delay =
        forecast.getProducedAt().toEpochMilli() - forecast.getFrameIngestedAt().toEpochMilli();
    synchronized (forecastDelaysMs) {
      forecastDelaysMs.add(delay);
    }
    update(forecast.getEnvironmentId(), environment -> environment.forecast(forecast), true);
  }

  /** Takes a verification. */
  public void score(ForecastScore score) {
    update(score.getEnvironmentId(), environment -> environment.score(score), false);
  }

  /** Takes a decision. */
  public void decision(Adaptation decision) {
    update(decision.getEnvironmentId(), environment -> environment.decision(decision), false);
  }

  /** Takes where new weights come from; the weights themselves are not kept. */
  public void weights(ExpertWeights record) {
    update(record.getEnvironmentId(), environment -> environment.weights(record), false);
  }

  /**
   * Counts a frame that was refused.
   *
   * @param environmentId key of the record; null where it had none
   */
  public void rejected(String environmentId, String reason) {
    synchronized (rejectedByReason) {
      rejectedByReason.merge(reason, 1L, Long::sum);
    }
    // A refused record alone makes no environment: its key may be anything.
    Environment environment = environmentId == null ? null : environments.get(environmentId);
    if (environment != null) {
      environment.rejected();
      environment.revised(revision.incrementAndGet());
    }
  }

  private void update(String id, Consumer<Environment> change, boolean ofFields) {
    Environment environment = environments.get(id);
    if (environment == null) {
      if (environments.size() >= limits.environments()) {
        beyondLimit.incrementAndGet();
        return;
      }
      environment = new Environment(id, limits, clock.getAsLong());
      environments.put(id, environment);
    }
    long before = ofFields ? environment.fieldBytes() : 0;
    change.accept(environment);
    if (ofFields) {
      long total = fieldBytes.addAndGet(environment.fieldBytes() - before);
      if (total > limits.fieldBytes()) {
        thinOut();
      }
    }
    environment.revised(revision.incrementAndGet());
  }

  /**
   * Lets environments keep their newest frame only, those first that were not looked at longest.
   */
  private synchronized void thinOut() {
    List<Environment> full =
        environments.values().stream()
            .filter(environment -> !environment.thinned())
            .sorted(Comparator.comparingLong(Environment::lookedAtMs))
            .toList();
    // To three quarters, so that not every record has to make room anew.
    long target = limits.fieldBytes() / 4 * 3;
    for (Environment environment : full) {
      if (fieldBytes.get() <= target) {
        return;
      }
      long before = environment.fieldBytes();
      environment.thin();
      fieldBytes.addAndGet(environment.fieldBytes() - before);
    }
  }

  /** The environments that changed after a revision, by id; all of them after -1. */
  public List<EnvironmentRow> rowsSince(long seen) {
    long now = clock.getAsLong();
    List<EnvironmentRow> rows = new ArrayList<>();
    for (Environment environment : environments.values()) {
      if (environment.revision() > seen) {
        rows.add(environment.row(now));
      }
    }
    return rows;
  }

  /** Rises with every change. */
  public long revision() {
    return revision.get();
  }

  /** What is new of an environment since a reader saw it; empty where there is no such one. */
  public Optional<EnvironmentDetail> detail(String id, EnvironmentDetail.Seen seen) {
    return Optional.ofNullable(environments.get(id))
        .map(environment -> environment.detail(seen, clock.getAsLong()));
  }

  /**
   * The newest errors of an environment one interval ahead, oldest first, without those not known.
   */
  public List<Float> recentErrors(String id, int count) {
    Environment environment = environments.get(id);
    return environment == null ? List.of() : environment.recentErrors(count);
  }

  /** Says that somebody looks at an environment, so that its fields are kept before others'. */
  public void lookedAt(String id) {
    Environment environment = environments.get(id);
    if (environment != null) {
      environment.lookedAt(clock.getAsLong());
    }
  }

  /**
   * A forecast of an environment beside what came true of it.
   *
   * @param verified whether all its leads must have come true; else the newest one
   */
  public Optional<FieldSet> fields(String id, boolean verified) {
    return Optional.ofNullable(environments.get(id))
        .flatMap(environment -> environment.fields(verified));
  }

  /** The newest frame of an environment. */
  public Optional<FieldFrame> newestFrame(String id) {
    return Optional.ofNullable(environments.get(id)).flatMap(Environment::newestFrame);
  }

  /** Totals over all environments. */
  public Totals totals() {
    List<Long> delays;
    synchronized (forecastDelaysMs) {
      delays = forecastDelaysMs.newest(DELAYS).stream().sorted().toList();
    }
    Map<String, Long> rejected;
    synchronized (rejectedByReason) {
      rejected = new TreeMap<>(rejectedByReason);
    }
    return new Totals(
        environments.size(),
        beyondLimit.get(),
        fieldBytes.get(),
        limits.fieldBytes(),
        rejected,
        quantile(delays, 0.5),
        quantile(delays, 0.95));
  }

  private static Long quantile(List<Long> sorted, double share) {
    return sorted.isEmpty() ? null : sorted.get((int) (share * (sorted.size() - 1)));
  }

  /**
   * Totals over all environments.
   *
   * @param recordsBeyondLimit records of environments beyond the limit, which are not shown
   * @param forecastDelayP50Ms from the ingest of a frame to its forecast, median of the latest
   *     forecasts, or null before the first
   * @param forecastDelayP95Ms likewise, 95th percentile
   */
  public record Totals(
      int environments,
      long recordsBeyondLimit,
      long fieldBytes,
      long fieldBytesLimit,
      Map<String, Long> rejectedByReason,
      Long forecastDelayP50Ms,
      Long forecastDelayP95Ms) {}
}
