package io.dynadiff.physics.environments;

import io.dynadiff.physics.simulation.ConditionSchedule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One environment of a simulated system.
 *
 * @param id environment id, for example navier-stokes/amplitude-0.20-shift-0.5
 * @param conditions value of every condition by name, in the system's order
 */
public record SimulatedEnvironment(String id, Map<String, Double> conditions) {

  public SimulatedEnvironment {
    conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
  }

  /** A schedule that keeps these conditions throughout. */
  public ConditionSchedule schedule() {
    return ConditionSchedule.constant(conditions);
  }
}
