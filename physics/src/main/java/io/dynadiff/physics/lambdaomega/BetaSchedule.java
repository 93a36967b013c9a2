package io.dynadiff.physics.lambdaomega;

import io.dynadiff.physics.simulation.ConditionSchedule;
import java.util.List;
import java.util.Map;

/**
 * Which beta governs a Lambda-Omega feed from which frame on; the {@link ConditionSchedule} of its
 * only condition.
 *
 * @param changes changes by rising frame, the first at frame 0
 */
public record BetaSchedule(List<Change> changes) {

  /**
   * One change.
   *
   * @param frame first frame governed by beta, 0 or more
   * @param beta radians per time unit, finite
   */
  public record Change(long frame, double beta) {}

  public BetaSchedule {
    changes = List.copyOf(changes);
    scheduleOf(changes);
  }

  /** One beta throughout. */
  public static BetaSchedule constant(double beta) {
    return new BetaSchedule(List.of(new Change(0, beta)));
  }

  /** The schedule of the condition beta. */
  public ConditionSchedule conditions() {
    return scheduleOf(changes);
  }

  private static ConditionSchedule scheduleOf(List<Change> changes) {
    return new ConditionSchedule(
        changes.stream()
            .map(c -> new ConditionSchedule.Change(c.frame(), Map.of("beta", c.beta())))
            .toList());
  }
}
