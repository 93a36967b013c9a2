package io.dynadiff.streams.forecast;

import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.streams.state.TrialEvidence;
import java.util.List;

/**
 * Compares what an expert on trial has realised with what the one it replaced would have, on the
 * same frames and leads. Pure.
 *
 * <pre>
 *   ratio r(n) = sum of errors / sum of the retired expert's errors, over the n frames so far
 *   worse frames in a row: one more if r > 1 + margin, none if r &lt; 1 + margin / 2, else as before
 *   rolled back            if n >= frames and worse frames >= patience
 * </pre>
 *
 * <p>The two limits keep a ratio that moves about the margin from starting over at every frame, and
 * sums rather than means of ratios keep a frame of tiny errors from deciding.
 */
final class TrialJudge {

  /** Larger normalised errors, and those of rollouts that diverged, count as this. */
  private static final double LARGEST_ERROR = 1000;

  private final RollBackSettings settings;

  TrialJudge(RollBackSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes a frame's score in.
   *
   * @param evidence what earlier scores have said, or null
   * @param activeVersion version in use; scores of others say nothing
   * @param retiredVersion version it replaced
   * @return the evidence with this score, or as it was where the score says nothing
   */
  TrialEvidence observe(
      TrialEvidence evidence, ForecastScore score, long activeVersion, long retiredVersion) {
    List<LeadScore> pairs =
        score.getLeads().stream()
            .filter(
                lead ->
                    lead.getWeightsVersion() == activeVersion
                        && lead.getRetiredWeightsVersion() != null
                        && lead.getRetiredWeightsVersion() == retiredVersion
                        && lead.getRetiredNormalisedRmse() != null)
            .toList();
    if (pairs.isEmpty()) {
      return evidence;
    }
    boolean sameTrial =
        evidence != null
            && evidence.getWeightsVersion() == activeVersion
            && evidence.getRetiredVersion() == retiredVersion;
    TrialEvidence next =
        sameTrial
            ? TrialEvidence.newBuilder(evidence).build()
            : new TrialEvidence(activeVersion, retiredVersion, 0, 0.0, 0.0, 0);
    next.setFrames(next.getFrames() + 1);
    next.setErrorSum(next.getErrorSum() + mean(pairs, false));
    next.setRetiredErrorSum(next.getRetiredErrorSum() + mean(pairs, true));
    double ratio = ratio(next);
    if (ratio > 1 + settings.margin()) {
      next.setWorseFrames(next.getWorseFrames() + 1);
    } else if (ratio < 1 + settings.margin() / 2) {
      next.setWorseFrames(0);
    }
    return next;
  }

  /** Whether the expert on trial is to be rolled back. */
  boolean condemns(TrialEvidence evidence) {
    return evidence.getFrames() >= settings.frames()
        && evidence.getWorseFrames() >= settings.patience();
  }

  /** Error of the expert on trial, as a multiple of the retired one's. */
  static double ratio(TrialEvidence evidence) {
    if (evidence.getRetiredErrorSum() == 0) {
      return evidence.getErrorSum() == 0 ? 1 : Double.POSITIVE_INFINITY;
    }
    return evidence.getErrorSum() / evidence.getRetiredErrorSum();
  }

  private static double mean(List<LeadScore> pairs, boolean retired) {
    return pairs.stream()
        .mapToDouble(lead -> retired ? lead.getRetiredNormalisedRmse() : lead.getNormalisedRmse())
        .map(error -> Double.isFinite(error) ? Math.min(error, LARGEST_ERROR) : LARGEST_ERROR)
        .average()
        .orElseThrow();
  }
}
