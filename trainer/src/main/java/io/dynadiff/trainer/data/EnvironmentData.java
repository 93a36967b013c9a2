package io.dynadiff.trainer.data;

import java.util.List;

/**
 * What is known of one environment.
 *
 * @param id the environment
 * @param conditions its governing conditions, physical units, in the system's order
 * @param training trajectories to train on; those of an unseen environment only for methods that
 *     are given its data on purpose, such as an expert of its own
 * @param validation never trained on and never scored: early stopping, quality checks, windows
 * @param test only scored
 * @param cases windows and the rollouts that each is scored on
 */
public record EnvironmentData(
    String id,
    double[] conditions,
    List<Trajectory> training,
    List<Trajectory> validation,
    List<Trajectory> test,
    List<AdaptationCase> cases) {

  public EnvironmentData {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
    cases = List.copyOf(cases);
  }
}
