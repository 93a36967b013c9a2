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
  private static final int HELD_TRAJECTORIES = 4;

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
    List<EnvironmentData> seen = new ArrayList<>();
    for (LambdaOmegaEnvironment environment : environments.seen()) {
      List<Trajectory> all =
          run(
              environments,
              environment,
              normalisation,
              trajectories + HELD_TRAJECTORIES,
              length,
              seed);
      seen.add(
          new EnvironmentData(
              environment.id(),
              new double[] {environment.beta()},
              all.subList(0, trajectories),
              all.subList(trajectories, all.size())));
    }
    List<LambdaOmegaEnvironment> others = environments.unseen();
    List<EnvironmentData> unseen =
        IntStream.range(0, unseenCount)
            .mapToObj(i -> others.get(i * others.size() / unseenCount))
            .map(
                e ->
                    new EnvironmentData(
                        e.id(),
                        new double[] {e.beta()},
                        List.of(),
                        run(environments, e, normalisation, HELD_TRAJECTORIES, length, seed)))
            .toList();
    return new SystemData(
        environments.system(),
        shape,
        environments.intervalMillis(),
        normalisation,
        SystemData.conditions(
            List.of("beta"), List.of("1"), seen.stream().map(EnvironmentData::conditions).toList()),
        seen,
        unseen,
        Symmetries.lambdaOmega(shape));
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
