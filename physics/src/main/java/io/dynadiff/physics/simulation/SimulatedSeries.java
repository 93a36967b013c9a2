package io.dynadiff.physics.simulation;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A simulated feed whose conditions may change on the way.
 *
 * <p>The same system, schedule and seed give the same snapshots; starting in the middle computes
 * the way there, from the last snapshot given if that was earlier. 1000 ms of event time are one
 * model time unit. Not thread-safe.
 *
 * @param <S> state of the system at one instant
 */
public class SimulatedSeries<S> implements FieldSeries {
  private final String environmentId;
  private final SimulatedSystem<S> system;
  private final ConditionSchedule schedule;
  private final long seed;
  private final long startMillis;
  private final long intervalMillis;
  private final long length;
  private final WayListener listener;
  private final Map<List<Double>, FieldSolver<S>> solvers = new HashMap<>();
  private long reached;
  private S reachedState;

  /**
   * Describes a feed; nothing is integrated yet.
   *
   * @param startMillis event time of frame 0, milliseconds since 1970-01-01T00:00Z
   * @param intervalMillis event time between frames, at least 1
   * @param length number of frames, at least 1
   * @throws IllegalArgumentException if a number is out of range, or the system refuses conditions
   *     of the schedule
   */
  public SimulatedSeries(
      String environmentId,
      SimulatedSystem<S> system,
      ConditionSchedule schedule,
      long seed,
      long startMillis,
      long intervalMillis,
      long length) {
    this(
        environmentId,
        system,
        schedule,
        seed,
        startMillis,
        intervalMillis,
        length,
        (done, whole) -> {});
  }

  /**
   * Describes a feed that tells how far it has come on the way to its first frame.
   *
   * @param listener told while the spin-up and the frames before the first are computed
   */
  public SimulatedSeries(
      String environmentId,
      SimulatedSystem<S> system,
      ConditionSchedule schedule,
      long seed,
      long startMillis,
      long intervalMillis,
      long length,
      WayListener listener) {
    if (intervalMillis < 1 || length < 1) {
      throw new IllegalArgumentException(
          "simulated series: expected an interval of at least 1 ms and at least 1 frame, found "
              + intervalMillis
              + " ms and "
              + length
              + " frames");
    }
    this.environmentId = environmentId;
    this.system = system;
    this.schedule = schedule;
    this.seed = seed;
    this.startMillis = startMillis;
    this.intervalMillis = intervalMillis;
    this.length = length;
    this.listener = listener;
    schedule.requireFixed(system.conditions());
    schedule.changes().forEach(change -> solver(change.frame()));
  }

  @Override
  public final String system() {
    return system.name();
  }

  @Override
  public final String environmentId() {
    return environmentId;
  }

  @Override
  public final FieldShape shape() {
    Grid grid = system.grid();
    return new FieldShape(system.channels().size(), grid.height(), grid.width());
  }

  @Override
  public final Grid grid() {
    return system.grid();
  }

  @Override
  public final List<Channel> channels() {
    return system.channels();
  }

  @Override
  public final long intervalMillis() {
    return intervalMillis;
  }

  @Override
  public final long length() {
    return length;
  }

  @Override
  public final List<Condition> conditions(long index) {
    double[] values = schedule.at(index, system.conditions());
    List<Condition> conditions = new ArrayList<>();
    for (ConditionKind kind : system.conditions()) {
      conditions.add(new Condition(kind.name(), values[conditions.size()], kind.unit()));
    }
    return conditions;
  }

  @Override
  public final Iterator<Snapshot> snapshots(long firstIndex) {
    if (firstIndex < 0 || firstIndex > length) {
      throw new IllegalArgumentException(
          "first snapshot: expected 0 to " + length + ", found " + firstIndex);
    }
    return new Iterator<>() {
      private long next = firstIndex;
      private long at;
      private S state;

      @Override
      public boolean hasNext() {
        return next < length;
      }

      @Override
      public Snapshot next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the series has " + length + " snapshots");
        }
        if (state == null) {
          state = begin(next);
          at = next;
        }
        for (; at < next; at++) {
          state = solver(at).advance(state, intervalMillis / 1000.0);
        }
        reached = at;
        reachedState = state;
        return new Snapshot(startMillis + next++ * intervalMillis, solver(at).frame(state));
      }
    };
  }

  /** The state of a frame, computed from the nearest one before it that is still known. */
  private S begin(long frame) {
    double interval = intervalMillis / 1000.0;
    S state = reachedState;
    long at = reached;
    double before = 0;
    if (state == null || at > frame) {
      FieldSolver<S> first = solver(0);
      state = first.initial(seed);
      at = 0;
      before = system.spinUp();
      if (before > 0) {
        double whole = before + frame * interval;
        state = first.advance(state, before, done -> listener.progressed(done, whole));
      }
    }
    double whole = before + (frame - at) * interval;
    for (long from = at; at < frame; at++) {
      state = solver(at).advance(state, interval);
      listener.progressed(before + (at + 1 - from) * interval, whole);
    }
    return state;
  }

  private FieldSolver<S> solver(long frame) {
    double[] values = schedule.at(frame, system.conditions());
    return solvers.computeIfAbsent(
        Arrays.stream(values).boxed().toList(), key -> system.solvers().under(values));
  }

  @Override
  public final void close() {
    solvers.clear();
    reachedState = null;
  }
}
