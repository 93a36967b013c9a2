package io.dynadiff.trainer.data;

import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How trajectories of one system are made for learning, and what is known of it.
 *
 * @param <S> state of the system
 * @param system the system at the resolution it is solved at, with all its channels
 * @param settings everything the numbers depend on besides seed and conditions, by name
 * @param initial state at frame 0
 * @param feasible which conditions can be simulated at this resolution; others are left out
 * @param periods for each condition its period, 0 where it has none
 * @param keepsZero for each of the system's channels whether a symmetry negates or mixes it
 * @param scaleGroups for each of the system's channels a number; the same where a symmetry mixes
 *     them
 * @param symmetries symmetries of fields of some shape that hold exactly the channels planned
 * @param equivalences what leads from one environment to another, of the same fields
 */
record SimulationRecipe<S>(
    SimulatedSystem<S> system,
    Map<String, String> settings,
    Initial<S> initial,
    Predicate<double[]> feasible,
    double[] periods,
    boolean[] keepsZero,
    int[] scaleGroups,
    Function<FieldShape, Symmetries> symmetries,
    Function<FieldShape, Equivalences> equivalences) {

  /** Makes states at frame 0. */
  @FunctionalInterface
  interface Initial<S> {

    /** The state for a seed in the environment with the given conditions. */
    S state(long seed, double[] conditions);
  }

  /** The system whose feeds begin with prepared states and keep some channels. */
  SimulatedSystem<S> prepared(List<String> channels) {
    SimulatedSystem<S> shown = system.withChannels(channels);
    return new SimulatedSystem<>(
        shown.name(),
        shown.conditions(),
        shown.channels(),
        shown.grid(),
        0,
        values ->
            new PreparedSolver<>(
                shown.solvers().under(values), seed -> initial.state(seed, values)));
  }

  /** Collects the constants of the normalisation of frames with some of the channels. */
  ChannelScaling scaling(FieldShape shape, List<String> channels) {
    int[] kept = system.positions(channels);
    boolean[] zero = new boolean[kept.length];
    int[] group = new int[kept.length];
    for (int c = 0; c < kept.length; c++) {
      zero[c] = keepsZero[kept[c]];
      group[c] = scaleGroups[kept[c]];
    }
    return new ChannelScaling(shape, zero, group);
  }
}
