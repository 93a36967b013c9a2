package io.dynadiff.trainer.data;

import java.util.List;

/**
 * What a method may see of an environment before it is scored, and what it is scored on.
 *
 * <p>The window of length L is the frames windowLast - L + 1 .. windowLast of its source.
 *
 * @param windowSource trajectory of the window: for simulated systems one that no rollout is scored
 *     on, for recorded ones the frames up to the start of the rollout
 * @param windowLast last frame of the window, inclusive
 * @param rollouts forecasts to score, at least one
 */
public record AdaptationCase(Trajectory windowSource, int windowLast, List<RolloutCase> rollouts) {

  public AdaptationCase {
    rollouts = List.copyOf(rollouts);
    if (windowLast < 0 || windowLast >= windowSource.length()) {
      throw new IllegalArgumentException(
          "window: expected a last frame from 0 to "
              + (windowSource.length() - 1)
              + ", found "
              + windowLast);
    }
    if (rollouts.isEmpty()) {
      throw new IllegalArgumentException("adaptation case: expected at least one rollout, found 0");
    }
  }
}
