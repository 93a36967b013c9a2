package io.dynadiff.physics.simulation;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Grid;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A system that can be simulated: what its fields are, what its environments differ by, and a
 * solver for each set of conditions.
 *
 * @param <S> state of the system at one instant
 * @param name name of the system
 * @param conditions what environments differ by, at least one
 * @param channels quantities in the order of the channel axis
 * @param grid grid of every frame
 * @param spinUp model time integrated before frame 0, 0 or more
 * @param solvers makes the solver for values in the order of the conditions; throws {@link
 *     IllegalArgumentException} where they are out of range
 */
public record SimulatedSystem<S>(
    String name,
    List<ConditionKind> conditions,
    List<Channel> channels,
    Grid grid,
    double spinUp,
    Solvers<S> solvers) {

  /** Makes solvers. */
  @FunctionalInterface
  public interface Solvers<S> {

    /** A new solver for values in the order of the conditions. */
    FieldSolver<S> under(double[] values);
  }

  public SimulatedSystem {
    conditions = List.copyOf(conditions);
    channels = List.copyOf(channels);
    if (conditions.isEmpty() || channels.isEmpty()) {
      throw new IllegalArgumentException(
          name
              + ": expected at least one condition and one channel, found "
              + conditions.size()
              + " and "
              + channels.size());
    }
    if (!(spinUp >= 0) || Double.isInfinite(spinUp)) {
      throw new IllegalArgumentException(
          name + " spin-up: expected a finite time from 0 on, found " + spinUp);
    }
  }

  /**
   * The same system with another time integrated before frame 0.
   *
   * @param time model time, 0 or more
   */
  public SimulatedSystem<S> withSpinUp(double time) {
    return new SimulatedSystem<>(name, conditions, channels, grid, time, solvers);
  }

  /**
   * The same system whose frames keep some of the channels.
   *
   * @param names names of the channels to keep, in their new order
   * @throws IllegalArgumentException if there is no such channel
   */
  public SimulatedSystem<S> withChannels(List<String> names) {
    if (names.equals(channels.stream().map(Channel::name).toList())) {
      return this;
    }
    int[] kept = positions(names);
    return new SimulatedSystem<>(
        name,
        conditions,
        IntStream.of(kept).mapToObj(channels::get).toList(),
        grid,
        spinUp,
        values -> new SelectedChannels<>(solvers.under(values), kept));
  }

  /**
   * Where channels stand on the channel axis.
   *
   * @throws IllegalArgumentException if there is no such channel
   */
  public int[] positions(List<String> names) {
    List<String> own = channels.stream().map(Channel::name).toList();
    return names.stream()
        .mapToInt(
            wanted -> {
              int at = own.indexOf(wanted);
              if (at < 0) {
                throw new IllegalArgumentException(
                    name + " channels: expected some of " + own + ", found " + wanted);
              }
              return at;
            })
        .toArray();
  }

  /** Names of the conditions, in order. */
  public List<String> conditionNames() {
    return conditions.stream().map(ConditionKind::name).toList();
  }
}
