package io.dynadiff.physics.lambdaomega;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A simulated feed of the Lambda-Omega system whose beta may change on the way, shape [2, y, x].
 *
 * <p>The same parameters, schedule and seed give the same snapshots; starting in the middle
 * computes the way there (about 0.2 ms a frame). 1000 ms of event time are one model time unit. Not
 * thread-safe.
 */
public final class LambdaOmegaSeries implements FieldSeries {
  /** Name of the system. */
  public static final String SYSTEM = "lambda-omega";

  /**
   * Model time integrated before frame 0, at the first beta: spiral cores and their waves form
   * within about 5 time units of a random start.
   */
  public static final double SPIN_UP = 10;

  private final String environmentId;
  private final LambdaOmegaParameters parameters;
  private final BetaSchedule schedule;
  private final long seed;
  private final long startMillis;
  private final long intervalMillis;
  private final long length;
  private final Map<Double, LambdaOmegaSolver> solvers = new HashMap<>();

  /**
   * Describes a feed; nothing is computed yet.
   *
   * @param parameters everything but beta, which the schedule gives
   * @param startMillis event time of frame 0, milliseconds since 1970-01-01T00:00Z
   * @param intervalMillis event time between frames, at least 1
   * @param length number of frames, at least 1
   * @throws IllegalArgumentException if a number is out of range, or the time step is unstable for
   *     a beta of the schedule
   */
  public LambdaOmegaSeries(
      String environmentId,
      LambdaOmegaParameters parameters,
      BetaSchedule schedule,
      long seed,
      long startMillis,
      long intervalMillis,
      long length) {
    if (intervalMillis < 1 || length < 1) {
      throw new IllegalArgumentException(
          "simulated series: expected an interval of at least 1 ms and at least 1 frame, found "
              + intervalMillis
              + " ms and "
              + length
              + " frames");
    }
    this.environmentId = environmentId;
    this.parameters = parameters;
    this.schedule = schedule;
    this.seed = seed;
    this.startMillis = startMillis;
    this.intervalMillis = intervalMillis;
    this.length = length;
    schedule.changes().forEach(change -> parameters.withBeta(change.beta()));
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public String environmentId() {
    return environmentId;
  }

  @Override
  public FieldShape shape() {
    return new FieldShape(2, parameters.outputPoints(), parameters.outputPoints());
  }

  @Override
  public Grid grid() {
    int points = parameters.outputPoints();
    double half = parameters.domainLength() / 2;
    double spacing = parameters.domainLength() / points;
    return new Grid(points, points, -half, -half, spacing, spacing, "1", Coordinates.PLANE, true);
  }

  @Override
  public List<Channel> channels() {
    return List.of(new Channel("u", "1"), new Channel("v", "1"));
  }

  @Override
  public long intervalMillis() {
    return intervalMillis;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public List<Condition> conditions(long index) {
    return List.of(new Condition("beta", schedule.at(index), "1"));
  }

  @Override
  public Iterator<Snapshot> snapshots(long firstIndex) {
    if (firstIndex < 0 || firstIndex > length) {
      throw new IllegalArgumentException(
          "first snapshot: expected 0 to " + length + ", found " + firstIndex);
    }
    return new Iterator<>() {
      private long next = firstIndex;
      private long at;
      private LambdaOmegaState state;

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
          LambdaOmegaSolver first = solver(0);
          state = first.advance(first.initial(seed), SPIN_UP);
        }
        for (; at < next; at++) {
          state = solver(at).advance(state, intervalMillis / 1000.0);
        }
        return new Snapshot(startMillis + next++ * intervalMillis, solver(at).frame(state));
      }
    };
  }

  private LambdaOmegaSolver solver(long frame) {
    return solvers.computeIfAbsent(
        schedule.at(frame), beta -> new LambdaOmegaSolver(parameters.withBeta(beta)));
  }

  @Override
  public void close() {
    solvers.clear();
  }
}
