package io.dynadiff.physics.lambdaomega;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.simulation.ConditionKind;
import io.dynadiff.physics.simulation.SimulatedSeries;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.util.List;

/**
 * A simulated feed of the Lambda-Omega system whose beta may change on the way, shape [2, y, x].
 *
 * <p>A frame takes about 0.2 ms, also on the way to one in the middle. Not thread-safe.
 */
public final class LambdaOmegaSeries extends SimulatedSeries<LambdaOmegaState> {
  /** Name of the system. */
  public static final String SYSTEM = "lambda-omega";

  /**
   * Model time integrated before frame 0, at the first beta: spiral cores and their waves form
   * within about 5 time units of a random start.
   */
  public static final double SPIN_UP = 10;

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
    super(
        environmentId,
        system(parameters),
        schedule.conditions(),
        seed,
        startMillis,
        intervalMillis,
        length);
  }

  /** The system whose one condition is beta; everything else is as the parameters say. */
  public static SimulatedSystem<LambdaOmegaState> system(LambdaOmegaParameters parameters) {
    int points = parameters.outputPoints();
    double half = parameters.domainLength() / 2;
    double spacing = parameters.domainLength() / points;
    return new SimulatedSystem<>(
        SYSTEM,
        List.of(new ConditionKind("beta", "1", parameters.beta())),
        List.of(new Channel("u", "1"), new Channel("v", "1")),
        new Grid(points, points, -half, -half, spacing, spacing, "1", Coordinates.PLANE, true),
        SPIN_UP,
        values -> new LambdaOmegaSolver(parameters.withBeta(values[0])));
  }
}
