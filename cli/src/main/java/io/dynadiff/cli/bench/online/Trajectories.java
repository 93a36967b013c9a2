package io.dynadiff.cli.bench.online;

import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.FieldDescription;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A few simulated Lambda-Omega trajectories that many environments share, so that feeding hundreds
 * of them costs next to nothing beside serving them. For one thread.
 */
final class Trajectories {

  private static final int COUNT = 8;
  private static final double FIRST_BETA = 1.03;
  private static final double BETA_STEP = 0.06;

  private final List<LambdaOmegaSeries> series = new ArrayList<>();
  private final List<Iterator<Snapshot>> iterators = new ArrayList<>();
  private final List<List<float[]>> fields = new ArrayList<>();

  Trajectories() {
    LambdaOmegaEnvironments system = LambdaOmegaEnvironments.standard();
    for (int i = 0; i < COUNT; i++) {
      LambdaOmegaSeries one =
          new LambdaOmegaSeries(
              "trajectory-" + i,
              system.parameters(),
              BetaSchedule.constant(FIRST_BETA + BETA_STEP * i),
              i + 1,
              0,
              system.intervalMillis(),
              Long.MAX_VALUE);
      series.add(one);
      iterators.add(one.snapshots(0));
      fields.add(new ArrayList<>());
    }
  }

  /** Number of different trajectories. */
  int count() {
    return COUNT;
  }

  /** Field of a trajectory at a step, axes [channel, y, x]; not to be changed. */
  float[] field(int trajectory, int step) {
    List<float[]> known = fields.get(trajectory);
    while (known.size() <= step) {
      known.add(iterators.get(trajectory).next().values());
    }
    return known.get(step);
  }

  /** What frames of an environment on a trajectory say of themselves. */
  FieldDescription description(int trajectory, String environmentId) {
    return new Environment(series.get(trajectory), environmentId);
  }

  private record Environment(FieldDescription trajectory, String environmentId)
      implements FieldDescription {

    @Override
    public String system() {
      return trajectory.system();
    }

    @Override
    public FieldShape shape() {
      return trajectory.shape();
    }

    @Override
    public Grid grid() {
      return trajectory.grid();
    }

    @Override
    public List<Channel> channels() {
      return trajectory.channels();
    }

    @Override
    public long intervalMillis() {
      return trajectory.intervalMillis();
    }

    @Override
    public List<Condition> conditions(long index) {
      return trajectory.conditions(index);
    }
  }
}
