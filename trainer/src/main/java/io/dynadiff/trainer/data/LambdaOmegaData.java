package io.dynadiff.trainer.data;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.environments.LambdaOmegaEnvironment;
import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSolver;
import io.dynadiff.physics.lambdaomega.LambdaOmegaState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Simulates the Lambda-Omega environments.
 *
 * <p>Every trajectory starts from its own random state, spun up for a random time under its own
 * beta: the longer a field runs, the smoother it becomes, and an online feed may be of any age.
 */
public final class LambdaOmegaData {

  private static final double SHORTEST_SPIN_UP = 5;
  private static final double LONGEST_SPIN_UP = 80;
  private static final int WINDOW_TRAJECTORIES = 2;
  private static final int TEST_TRAJECTORIES = 4;
  private static final int LONGEST_HORIZON = 25;

  private LambdaOmegaData() {}

  /**
   * Simulates.
   *
   * @param trajectories training trajectories of each seen environment
   * @param length frames of each trajectory
   * @param unseenCount how many of the unseen environments to keep, evenly spread
   * @param seed seed of all initial states
   */
  public static SystemData simulate(int trajectories, int length, int unseenCount, long seed) {
    LambdaOmegaEnvironments environments = LambdaOmegaEnvironments.standard();
    FieldShape shape = new LambdaOmegaSolver(environments.parameters()).frameShape();
    // Both channels have mean zero and, where |A| is near 1, mean square 1/2.
    double scale = Math.sqrt(0.5);
    FieldNormalisation normalisation =
        new FieldNormalisation(new double[2], new double[] {scale, scale});
    int horizon = Math.min(LONGEST_HORIZON, length - 1);
    List<LambdaOmegaEnvironment> others = environments.unseen();
    List<EnvironmentData> seen =
        environments.seen().stream()
            .map(e -> environment(environments, e, normalisation, trajectories, length, seed))
            .toList();
    List<EnvironmentData> unseen =
        IntStream.range(0, unseenCount)
            .mapToObj(i -> others.get(i * others.size() / unseenCount))
            .map(e -> environment(environments, e, normalisation, 0, length, seed))
            .toList();
    return new SystemData(
        environments.system(),
        shape,
        environments.intervalMillis(),
        horizon,
        normalisation,
        SystemData.conditions(
            List.of("beta"),
            List.of("1"),
            new double[1],
            seen.stream().map(EnvironmentData::conditions).toList()),
        seen,
        unseen,
        Symmetries.lambdaOmega(shape));
  }

  private static EnvironmentData environment(
      LambdaOmegaEnvironments environments,
      LambdaOmegaEnvironment environment,
      FieldNormalisation normalisation,
      int trajectories,
      int length,
      long seed) {
    int tests = trajectories + WINDOW_TRAJECTORIES;
    List<Trajectory> all =
        run(environments, environment, normalisation, tests + TEST_TRAJECTORIES, length, seed);
    List<Trajectory> validation = all.subList(trajectories, tests);
    List<Trajectory> test = all.subList(tests, all.size());
    List<RolloutCase> rollouts = test.stream().map(t -> new RolloutCase(t, 0)).toList();
    return new EnvironmentData(
        environment.id(),
        new double[] {environment.beta()},
        all.subList(0, trajectories),
        validation,
        test,
        validation.stream().map(v -> new AdaptationCase(v, v.length() - 1, rollouts)).toList());
  }

  private static List<Trajectory> run(
      LambdaOmegaEnvironments environments,
      LambdaOmegaEnvironment environment,
      FieldNormalisation normalisation,
      int count,
      int length,
      long seed) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(
            i -> {
              LambdaOmegaSolver solver =
                  new LambdaOmegaSolver(environments.parameters().withBeta(environment.beta()));
              long own = Arrays.hashCode(new Object[] {seed, environment.id(), i});
              double interval = environments.intervalTime();
              double spinUp =
                  SHORTEST_SPIN_UP
                      + new Random(own).nextDouble() * (LONGEST_SPIN_UP - SHORTEST_SPIN_UP);
              LambdaOmegaState state =
                  solver.advance(solver.initial(own), Math.ceil(spinUp / interval) * interval);
              List<float[]> frames = new ArrayList<>();
              for (int t = 0; t < length; t++) {
                frames.add(solver.frame(state));
                state = solver.advance(state, interval);
              }
              return Trajectory.of(
                  solver.frameShape(), frames, normalisation, 0, environments.intervalMillis());
            })
        .toList();
  }
}
