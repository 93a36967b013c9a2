package io.dynadiff.streams.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The series that exist per environment: version in use, age of the window, last one-step error.
 *
 * <p>Environments come from feeds, so their number is not ours to choose; series cost memory in
 * every Prometheus that scrapes them. The first environments up to a limit are shown, the others
 * are only counted. One that this process has not seen for a while, because its partition moved or
 * its feed ended, makes room. Safe for use by many threads.
 */
public final class EnvironmentSeries {

  /** How long an environment without news is shown. */
  static final Duration REMEMBERED = Duration.ofMinutes(15);

  private final LongSupplier clock;
  private final Map<String, Seen> shown = new TreeMap<>();
  private int limit = 200;
  private long hidden;
  private Gauges gauges;

  EnvironmentSeries() {
    this(System::currentTimeMillis);
  }

  EnvironmentSeries(LongSupplier clock) {
    this.clock = clock;
  }

  private static final class Seen {
    String system;
    long touchedAt;
    Long admittedAt;
    Long version;
    Double error;
  }

  private record Gauges(MultiGauge version, MultiGauge age, MultiGauge error) {}

  /** Sets how many environments have series, at least 0. */
  public synchronized void limit(int environments) {
    limit = environments;
  }

  synchronized void admitted(String system, String environmentId) {
    Seen seen = seen(system, environmentId);
    if (seen != null) {
      seen.admittedAt = clock.getAsLong();
    }
  }

  synchronized void using(String system, String environmentId, long weightsVersion) {
    Seen seen = seen(system, environmentId);
    if (seen != null) {
      seen.version = weightsVersion;
    }
  }

  synchronized void scored(String system, String environmentId, double normalisedRmse) {
    Seen seen = seen(system, environmentId);
    if (seen != null) {
      seen.error = normalisedRmse;
    }
  }

  private Seen seen(String system, String environmentId) {
    Seen seen = shown.get(environmentId);
    if (seen == null) {
      if (shown.size() >= limit) {
        hidden++;
        return null;
      }
      seen = new Seen();
      shown.put(environmentId, seen);
    }
    seen.system = system;
    seen.touchedAt = clock.getAsLong();
    return seen;
  }

  /** Brings the series up to date; called before each scrape. */
  public synchronized void refresh() {
    long now = clock.getAsLong();
    shown.values().removeIf(seen -> now - seen.touchedAt > REMEMBERED.toMillis());
    if (gauges == null) {
      gauges = register();
    }
    rows(gauges.version(), seen -> seen.version);
    rows(gauges.age(), seen -> seen.admittedAt == null ? null : (now - seen.admittedAt) / 1000.0);
    rows(gauges.error(), seen -> seen.error);
  }

  private Gauges register() {
    Gauge.builder("dynadiff.environments.hidden.updates", this, EnvironmentSeries::hidden)
        .description("Updates of environments that have no series because of the limit")
        .register(Metrics.globalRegistry);
    return new Gauges(
        MultiGauge.builder("dynadiff.weights.version")
            .description("Version of the weights in use; 0 is the bundle's base expert")
            .register(Metrics.globalRegistry),
        MultiGauge.builder("dynadiff.window.age.seconds")
            .description("Seconds since a frame of the environment was last admitted")
            .register(Metrics.globalRegistry),
        MultiGauge.builder("dynadiff.environment.normalised.rmse")
            .description("Normalised one-step error of the last scored frame")
            .register(Metrics.globalRegistry));
  }

  private synchronized double hidden() {
    return hidden;
  }

  private void rows(MultiGauge gauge, Function<Seen, Number> value) {
    List<Row<?>> rows = new ArrayList<>();
    shown.forEach(
        (environmentId, seen) -> {
          Number number = value.apply(seen);
          if (number != null) {
            rows.add(Row.of(Tags.of("environment", environmentId, "system", seen.system), number));
          }
        });
    gauge.register(rows, true);
  }
}
