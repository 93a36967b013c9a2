package io.dynadiff.streams.metrics;

import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;

/**
 * Counts and times what happens to frames and experts, stage by stage, in Micrometer's global
 * registry. Nothing is kept until an endpoint adds a registry to it. Safe for use by many threads.
 *
 * <p>What is counted is work done in this process. A transaction that is rolled back is done and
 * counted again; what was committed is counted from the topics.
 */
public final class FlowMetrics {

  /** Phases of a generation, as a decision's numbers name them. */
  private static final String[] PHASES = {"prompt", "sampling", "decoding", "selection"};

  private static final Duration[] DELAYS = {
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(2)
  };

  private static final EnvironmentSeries ENVIRONMENTS = new EnvironmentSeries();

  private FlowMetrics() {}

  /** Environments that have series of their own. */
  public static EnvironmentSeries environments() {
    return ENVIRONMENTS;
  }

  /** A frame has passed admission, so many milliseconds after it was ingested. */
  public static void admitted(String system, String environmentId, long delayMillis) {
    Metrics.counter("dynadiff.frames.admitted", "system", system).increment();
    time("dynadiff.frames.admission", delayMillis, "system", system);
    ENVIRONMENTS.admitted(system, environmentId);
  }

  /** An admitted frame has come to a role that keeps windows of its own. */
  public static void taken(String system, String environmentId) {
    ENVIRONMENTS.admitted(system, environmentId);
  }

  /** A record of the frames topic was turned away. */
  public static void rejected(Enum<?> reason) {
    Metrics.counter("dynadiff.frames.rejected", "reason", reason.name()).increment();
  }

  /** An admitted frame repeats the field before it to the last bit. */
  public static void repeated(String system) {
    Metrics.counter("dynadiff.frames.repeated", "system", system).increment();
  }

  /**
   * A batch of forecasts was rolled out.
   *
   * @param frames how many it was issued from
   * @param rolloutNanos time of the stacked computation
   */
  public static void rolledOut(String system, int frames, long rolloutNanos) {
    Metrics.counter("dynadiff.forecasts", "system", system).increment(frames);
    time("dynadiff.rollout", rolloutNanos / 1_000_000.0, "system", system);
  }

  /**
   * A forecast was issued.
   *
   * @param weightsVersion whose weights it was made with; 0 is the base expert
   * @param delayMillis time since its frame was ingested
   */
  public static void issued(
      String environmentId, String system, long weightsVersion, long delayMillis) {
    time("dynadiff.forecast.delay", delayMillis, "system", system);
    ENVIRONMENTS.using(system, environmentId, weightsVersion);
  }

  /** A frame was scored. */
  public static void scored(ForecastScore score) {
    Metrics.counter("dynadiff.scores", "system", score.getSystem()).increment();
    for (LeadScore lead : score.getLeads()) {
      DistributionSummary.builder("dynadiff.score.normalised.rmse")
          .tag("system", score.getSystem())
          .tag("lead", Integer.toString(lead.getLeadSteps()))
          .register(Metrics.globalRegistry)
          .record(lead.getNormalisedRmse());
      if (lead.getLeadSteps() == 1) {
        ENVIRONMENTS.scored(score.getSystem(), score.getEnvironmentId(), lead.getNormalisedRmse());
      }
    }
  }

  /**
   * Something was decided about an expert.
   *
   * @param numbers the numbers behind it, as they stand on the adaptations topic
   */
  public static void decided(String system, Decision decision, Map<String, Double> numbers) {
    Metrics.counter("dynadiff.decisions", "system", system, "decision", decision.name())
        .increment();
    Double sinceWindow = numbers.get("sinceWindowMs");
    if (decision == Decision.GENERATED) {
      for (String phase : PHASES) {
        Double millis = numbers.get(phase);
        if (millis != null) {
          time("dynadiff.generation", millis, "system", system, "phase", phase);
        }
      }
    } else if (decision == Decision.ACCEPTED && sinceWindow != null) {
      time("dynadiff.swap", sinceWindow, "system", system);
    } else if (decision == Decision.GAP) {
      Metrics.counter("dynadiff.frames.missing", "system", system)
          .increment(numbers.getOrDefault("missing", 0.0));
    }
  }

  private static void time(String name, double millis, String... tags) {
    Timer.builder(name)
        .tags(tags)
        .serviceLevelObjectives(DELAYS)
        .register(Metrics.globalRegistry)
        // Clocks of two machines may disagree; time never runs backwards here.
        .record(Duration.ofNanos((long) (Math.max(0, millis) * 1e6)));
  }
}
