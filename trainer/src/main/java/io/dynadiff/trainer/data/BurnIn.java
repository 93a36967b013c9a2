package io.dynadiff.trainer.data;

import io.dynadiff.physics.simulation.FieldSolver;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Draws states for frame 0 that are natural to the system but do not tell the environment: each has
 * developed for a random time under the conditions of a random other environment.
 *
 * <p>Were they developed under the environment's own conditions, a method could read these off the
 * state, and a forecaster that ignores the environment would look better than it is. Thread-safe.
 *
 * @param <S> state of the system
 */
final class BurnIn<S> {

  private static final int MOST_DRAWS = 100;

  private final SimulatedSystem<S> system;
  private final List<double[]> environments;
  private final BiPredicate<double[], double[]> allowed;
  private final double shortest;
  private final double longest;
  private final Predicate<float[]> alive;

  /**
   * @param environments conditions to develop states under
   * @param allowed whether a state may develop under the first conditions for an environment with
   *     the second; equal conditions never may
   * @param shortest shortest development in model time units
   * @param longest longest development
   * @param alive which frames are worth a trajectory; others are drawn again
   */
  BurnIn(
      SimulatedSystem<S> system,
      List<double[]> environments,
      BiPredicate<double[], double[]> allowed,
      double shortest,
      double longest,
      Predicate<float[]> alive) {
    this.system = system;
    this.environments = List.copyOf(environments);
    this.allowed = allowed;
    this.shortest = shortest;
    this.longest = longest;
    this.alive = alive;
  }

  /** The state for a seed in the environment with the given conditions. */
  S state(long seed, double[] own) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> others =
        environments.stream().filter(e -> !Arrays.equals(e, own) && allowed.test(e, own)).toList();
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      double[] other = others.get(random.nextInt(others.size()));
      FieldSolver<S> solver = system.solvers().under(other);
      double time = shortest + random.nextDouble() * (longest - shortest);
      S state = solver.advance(solver.initial(random.nextLong()), time);
      if (alive.test(solver.frame(state))) {
        return state;
      }
    }
    throw new IllegalStateException(
        system.name() + ": no living state in " + MOST_DRAWS + " draws with seed " + seed);
  }
}
