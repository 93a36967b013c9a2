package io.dynadiff.streams.metrics;

import io.dynadiff.schemas.avro.Adaptation;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One line of log for every decision, with environment, system, run and version as fields of the
 * diagnostic context, so that a log store can be asked for all lines about one environment.
 */
public final class DecisionLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.dynadiff.decisions");

  private DecisionLog() {}

  /** Writes a decision; also counts it. */
  public static Adaptation written(Adaptation decision) {
    FlowMetrics.decided(decision.getSystem(), decision.getDecision(), decision.getNumbers());
    Map<String, String> fields =
        Map.of(
            "environment", decision.getEnvironmentId(),
            "system", decision.getSystem(),
            "run", decision.getRunId(),
            "sequence", Long.toString(decision.getSequence()),
            "weightsVersion", String.valueOf(decision.getWeightsVersion()));
    fields.forEach(MDC::put);
    try {
      LOG.info("{}: {}", decision.getDecision(), decision.getReason());
    } finally {
      fields.keySet().forEach(MDC::remove);
    }
    return decision;
  }
}
