package io.dynadiff.console.state;

import java.util.Map;

/**
 * One decision about an environment's expert.
 *
 * @param sequence of the newest frame known to the decision
 * @param decision name of the kind, for example SHIFT_DETECTED
 * @param reason one sentence
 * @param version the decision is about, or null
 * @param incumbent version in use before, or null
 * @param numbers behind the decision
 * @param decidedAtMs wall clock
 */
public record DecisionEvent(
    String runId,
    long sequence,
    String decision,
    String reason,
    Long version,
    Long incumbent,
    Map<String, Double> numbers,
    long decidedAtMs) {}
