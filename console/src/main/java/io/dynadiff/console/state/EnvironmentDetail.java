package io.dynadiff.console.state;

import java.util.List;

/**
 * What is remembered of one environment beside its fields, or what is new of it.
 *
 * @param form of its fields, or null before the first frame
 * @param scores from a place on, oldest first
 * @param nextScore place of the score to come
 * @param decisions from a place on, oldest first
 * @param nextDecision place of the decision to come
 * @param experts all versions that are remembered, oldest first, or null where none is new
 * @param nextExpert rises with every expert
 * @param known conditions as the source tells them, one entry for each change, oldest first
 * @param leads mean errors by lead, shortest first
 * @param fields which fields can be asked for
 */
public record EnvironmentDetail(
    EnvironmentRow row,
    String runId,
    Form form,
    List<ScorePoint> scores,
    long nextScore,
    List<DecisionEvent> decisions,
    long nextDecision,
    List<ExpertOrigin> experts,
    long nextExpert,
    List<KnownConditions> known,
    List<LeadError> leads,
    KeptFields fields) {

  /** Conditions from a frame on. */
  public record KnownConditions(long sequence, List<Condition> conditions) {}

  /**
   * Which fields are kept.
   *
   * @param newestFrame sequence, or -1
   * @param newestIssue issue sequence of the newest forecast, or -1
   * @param verifiedIssue issue sequence of the latest forecast whose leads have all come true, or
   *     -1
   * @param thinned whether the limit on memory leaves the newest frame only
   */
  public record KeptFields(
      long newestFrame, long newestIssue, long verifiedIssue, boolean thinned) {}

  /**
   * Up to where a reader has seen an environment.
   *
   * @param runId of what it has seen: a new run begins its scores over
   */
  public record Seen(String runId, long scores, long decisions, long experts) {
    /** Nothing seen yet. */
    public static final Seen NOTHING = new Seen("", 0, 0, -1);
  }

  /** Where a reader of this stands. */
  public Seen seen() {
    return new Seen(runId, nextScore, nextDecision, nextExpert);
  }
}
