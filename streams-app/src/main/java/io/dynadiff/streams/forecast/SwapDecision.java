package io.dynadiff.streams.forecast;

import io.dynadiff.streams.decision.Decisions;

/**
 * Whether a challenger replaces the incumbent: only if it is not worse on the latest window.
 *
 * @param incumbentScore normalised RMSE of the incumbent over the window, see {@link
 *     Rollouts#windowScores}
 * @param challengerScore the same of the challenger
 * @param threshold score that the challenger may not exceed
 * @param accepted the decision
 */
public record SwapDecision(
    double incumbentScore, double challengerScore, double threshold, boolean accepted) {

  /**
   * Decides.
   *
   * @param margin share of the incumbent's score by which the challenger may be worse
   */
  public static SwapDecision of(double incumbentScore, double challengerScore, double margin) {
    // An incumbent that has diverged protects nothing; a challenger that diverges never enters.
    double threshold =
        Double.isFinite(incumbentScore) ? incumbentScore * (1 + margin) : Double.MAX_VALUE;
    boolean accepted = Double.isFinite(challengerScore) && challengerScore <= threshold;
    return new SwapDecision(incumbentScore, challengerScore, threshold, accepted);
  }

  /** The decision in one sentence, scores to four digits. */
  public String reason() {
    return "challenger scores "
        + Decisions.score(challengerScore)
        + (accepted ? ", not above " : ", above or not comparable with ")
        + (Double.isFinite(incumbentScore)
            ? Decisions.score(threshold)
            : "an incumbent that has diverged")
        + ", on the latest window";
  }
}
