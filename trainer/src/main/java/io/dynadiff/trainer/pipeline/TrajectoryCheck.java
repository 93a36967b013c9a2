package io.dynadiff.trainer.pipeline;

import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import io.dynadiff.trainer.preset.Preset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether trajectories hold the windows and rollouts that a preset asks for. */
final class TrajectoryCheck {

  private final SystemData data;
  private final Preset preset;

  private TrajectoryCheck(SystemData data, Preset preset) {
    this.data = data;
    this.preset = preset;
  }

  /**
   * Refuses data whose trajectories are too short, before anything is trained.
   *
   * @throws IllegalArgumentException naming the environment and the setting that asks for more
   */
  static void require(SystemData data, Preset preset) {
    new TrajectoryCheck(data, preset).require();
  }

  private void require() {
    int learnt = longestLearnt() + 1;
    int judged = preset.zoo().stopping().rollout() + 1;
    for (EnvironmentData environment : data.seen()) {
      for (Trajectory run : environment.training()) {
        require(environment, "training", run.length(), learnt, "rollouts that are learnt from");
      }
      for (Trajectory run : environment.validation()) {
        require(
            environment, "validation", run.length(), judged, "rollouts that experts are judged by");
      }
      requireWindow(environment, "training", environment.training());
    }
    for (EnvironmentData environment :
        Stream.concat(data.seen().stream(), data.unseen().stream()).toList()) {
      for (AdaptationCase adaptation : environment.cases()) {
        require(
            environment,
            "held-out",
            adaptation.windowLast() + 1,
            preset.windowLength(),
            "windows (windowLength)");
      }
    }
  }

  private int longestLearnt() {
    return IntStream.of(
            preset.base().rollout(),
            preset.zoo().training().rollout(),
            preset.ownExpert().rollout(),
            preset.autoencoder().functionalWeight() > 0
                ? preset.autoencoder().functional().rollout()
                : 1,
            preset.regression().sizes().present() && preset.regression().tuning().steps() > 0
                ? preset.regression().tuningRollout()
                : 1)
        .max()
        .getAsInt();
  }

  /** Features are standardised on full windows, of which each environment has one at least. */
  private void requireWindow(EnvironmentData environment, String kind, List<Trajectory> runs) {
    int longest = runs.stream().mapToInt(Trajectory::length).max().orElse(0);
    require(environment, kind, longest, preset.windowLength(), "windows (windowLength)");
  }

  private void require(
      EnvironmentData environment, String kind, int found, int expected, String reason) {
    if (found < expected) {
      throw new IllegalArgumentException(
          data.system()
              + ": environment "
              + environment.id()
              + ": expected "
              + kind
              + " trajectories of at least "
              + expected
              + " frames for the preset's "
              + reason
              + ", found "
              + found
              + "; give it longer ones (data.length of a simulated system) or ask for less by --set");
    }
  }
}
