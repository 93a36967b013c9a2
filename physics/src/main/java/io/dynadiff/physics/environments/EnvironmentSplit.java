package io.dynadiff.physics.environments;

import java.util.List;

/**
 * Which environments training may use and which it is tested on; none is both.
 *
 * @param seen environments that training may use, at least one
 * @param unseen environments that nobody trains on
 */
public record EnvironmentSplit(List<SimulatedEnvironment> seen, List<SimulatedEnvironment> unseen) {

  public EnvironmentSplit {
    seen = List.copyOf(seen);
    unseen = List.copyOf(unseen);
    if (seen.isEmpty()) {
      throw new IllegalArgumentException("split: expected at least one seen environment, found 0");
    }
    for (SimulatedEnvironment environment : unseen) {
      if (seen.contains(environment)) {
        throw new IllegalArgumentException(
            "split: environment " + environment.id() + " is both seen and unseen");
      }
    }
  }
}
