package io.dynadiff.trainer.preset;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * When a training ends before its last step, by errors on validation frames.
 *
 * @param checkSteps updates between two looks at the errors, at least 1
 * @param patience looks without improvement after which an expert stops and goes back to the best
 *     weights it had; 0 trains to the last step and keeps what is there then. With fewer looks than
 *     steps allow, a training may end before its learning rate has fallen, when weights are still
 *     worse than those it began with
 * @param furtherLeads leads after the first over which those errors are averaged: 0 where single
 *     steps tell experts apart; where they do not, as in flows whose first step is lost to scales
 *     that no expert resolves, rollouts do. Counts only where training can end early
 */
public record Stopping(
    int checkSteps, int patience, @JsonInclude(JsonInclude.Include.NON_DEFAULT) int furtherLeads) {

  /** Trains to the last step. */
  public static final Stopping NEVER = new Stopping(1, 0, 0);

  public Stopping {
    if (checkSteps < 1 || patience < 0) {
      throw new IllegalArgumentException(
          "stopping: expected checkSteps of at least 1 and patience of at least 0, found "
              + checkSteps
              + " and "
              + patience);
    }
    if (furtherLeads < 0) {
      throw new IllegalArgumentException(
          "stopping: expected furtherLeads of at least 0, found " + furtherLeads);
    }
  }

  /** Length of the rollouts whose errors are looked at, in steps. */
  public int rollout() {
    return patience > 0 ? 1 + furtherLeads : 1;
  }

  /** What a training under this rule depends on: the rule too, where it can end it. */
  public Object identity(Preset.Stage training) {
    return patience > 0 ? List.of(training, this) : training;
  }
}
