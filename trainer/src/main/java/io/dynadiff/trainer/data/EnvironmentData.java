package io.dynadiff.trainer.data;

import java.util.List;

/**
 * What is known of one environment.
 *
 * @param id the environment
 * @param conditions its governing conditions, physical units, in the system's order
 * @param training trajectories that may be trained on; empty for unseen environments
 * @param held trajectories that are never trained on: validation for seen environments, test for
 *     unseen ones
 */
public record EnvironmentData(
    String id, double[] conditions, List<Trajectory> training, List<Trajectory> held) {

  public EnvironmentData {
    training = List.copyOf(training);
    held = List.copyOf(held);
  }
}
