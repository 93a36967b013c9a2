package io.dynadiff.trainer.data;

import io.dynadiff.models.bundle.ConditionEncoding;
import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All data of one system.
 *
 * @param system name of the system
 * @param shape shape of a field
 * @param intervalMillis event time between frames
 * @param horizon steps of a scored rollout, at least 1
 * @param normalisation field normalisation, from the seen environments' training frames
 * @param conditions conditions with their spread over the seen environments
 * @param seen seen environments
 * @param unseen unseen environments
 * @param symmetries transformations that leave the dynamics as they are
 * @param equivalences transformations that lead from one environment to another
 * @param laws what is known of the dynamics
 */
public record SystemData(
    String system,
    FieldShape shape,
    long intervalMillis,
    int horizon,
    FieldNormalisation normalisation,
    List<ConditionSpec> conditions,
    List<EnvironmentData> seen,
    List<EnvironmentData> unseen,
    Symmetries symmetries,
    Equivalences equivalences,
    SystemLaws laws) {

  public SystemData {
    conditions = List.copyOf(conditions);
    seen = List.copyOf(seen);
    unseen = List.copyOf(unseen);
    if (horizon < 1) {
      throw new IllegalArgumentException(
          system + " horizon: expected at least 1 step, found " + horizon);
    }
    for (EnvironmentData environment : Stream.concat(seen.stream(), unseen.stream()).toList()) {
      requireRoom(environment, horizon);
    }
  }

  /** Data of a system of whose dynamics nothing is known. */
  public SystemData(
      String system,
      FieldShape shape,
      long intervalMillis,
      int horizon,
      FieldNormalisation normalisation,
      List<ConditionSpec> conditions,
      List<EnvironmentData> seen,
      List<EnvironmentData> unseen,
      Symmetries symmetries) {
    this(
        system,
        shape,
        intervalMillis,
        horizon,
        normalisation,
        conditions,
        seen,
        unseen,
        symmetries,
        Equivalences.none(),
        SystemLaws.none());
  }

  private static void requireRoom(EnvironmentData environment, int horizon) {
    for (AdaptationCase adaptation : environment.cases()) {
      for (RolloutCase rollout : adaptation.rollouts()) {
        if (rollout.leads() < horizon) {
          throw new IllegalArgumentException(
              environment.id()
                  + ": expected "
                  + horizon
                  + " frames after the start of every rollout, found "
                  + rollout.leads()
                  + " after frame "
                  + rollout.start());
        }
      }
    }
  }

  /** How conditions are written for learning. */
  public ConditionEncoding encoding() {
    return new ConditionEncoding(conditions);
  }

  /** Root mean square of one-step changes of normalised training frames. */
  public double changeScale() {
    double sum = 0;
    long count = 0;
    for (EnvironmentData environment : seen) {
      for (Trajectory trajectory : environment.training()) {
        for (int t = 1; t < trajectory.length(); t++) {
          for (int i = 0; i < shape.size(); i++) {
            double change = trajectory.frames()[t][i] - trajectory.frames()[t - 1][i];
            sum += change * change;
          }
          count += shape.size();
        }
      }
    }
    return Math.sqrt(sum / count);
  }

  /** Mean and standard deviation of each condition over environments. */
  static List<ConditionSpec> conditions(
      List<String> names, List<String> units, double[] periods, List<double[]> environments) {
    List<ConditionSpec> specs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int index = i;
      double mean = environments.stream().mapToDouble(e -> e[index]).average().orElseThrow();
      double variance =
          environments.stream()
              .mapToDouble(e -> (e[index] - mean) * (e[index] - mean))
              .average()
              .orElseThrow();
      specs.add(
          new ConditionSpec(names.get(i), units.get(i), mean, Math.sqrt(variance), periods[i]));
    }
    return specs;
  }
}
