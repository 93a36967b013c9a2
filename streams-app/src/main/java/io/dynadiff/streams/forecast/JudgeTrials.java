package io.dynadiff.streams.forecast;

import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.streams.decision.Decisions;
import io.dynadiff.streams.state.ForecasterState;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.state.TrialEvidence;
import io.dynadiff.streams.systems.ServedSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The automatic roll-back: gathers what the scores say about a swap and undoes it, between two
 * batches of forecasts, if the retired expert would have done better. Confined to the stream thread
 * of its processor; what it knows is in the store.
 */
final class JudgeTrials {

  /** Versions remembered as rolled back; later ones than these cannot come again either. */
  private static final int REMEMBERED_VERSIONS = 64;

  private final RollBackSettings settings;
  private final TrialJudge judge;
  private final RecordStore<TrialEvidence> trials;
  private final ExpertShelf experts;

  JudgeTrials(RollBackSettings settings, RecordStore<TrialEvidence> trials, ExpertShelf experts) {
    this.settings = settings;
    this.judge = new TrialJudge(settings);
    this.trials = trials;
    this.experts = experts;
  }

  /** Takes a frame's score in. */
  void observe(ForecasterState state, ForecastScore score) {
    if (state.getRetiredVersion() == null || !state.getBundleId().equals(score.getBundleId())) {
      return;
    }
    TrialEvidence known = trials.get(StoreKey.of(score.getEnvironmentId()));
    TrialEvidence next =
        judge.observe(known, score, state.getActiveVersion(), state.getRetiredVersion());
    if (next != known) {
      trials.put(StoreKey.of(score.getEnvironmentId()), next);
    }
  }

  /**
   * Undoes the last swap if its trial condemns it.
   *
   * @param newest the newest admitted frame
   * @return the decision; empty where the expert stays, then the state is unchanged
   */
  Optional<Object> decide(ForecasterState state, ServedSystem served, FieldFrame newest, long now) {
    if (state.getRetiredVersion() == null
        || state.getPinned()
        || !state.getBundleId().equals(served.bundleId())) {
      return Optional.empty();
    }
    String environmentId = newest.getEnvironmentId();
    TrialEvidence evidence = trials.get(StoreKey.of(environmentId));
    if (evidence == null
        || evidence.getWeightsVersion() != state.getActiveVersion()
        || evidence.getRetiredVersion() != state.getRetiredVersion()
        || !judge.condemns(evidence)) {
      return Optional.empty();
    }
    double error = evidence.getErrorSum() / evidence.getFrames();
    double retiredError = evidence.getRetiredErrorSum() / evidence.getFrames();
    return Optional.of(
        rollBack(
            state,
            served,
            newest,
            now,
            "realised error "
                + Decisions.score(error)
                + " over "
                + evidence.getFrames()
                + " frames, against "
                + Decisions.score(retiredError)
                + " of version "
                + state.getRetiredVersion()
                + " on the same frames",
            Map.of(
                "error",
                error,
                "retiredError",
                retiredError,
                "ratio",
                TrialJudge.ratio(evidence),
                "margin",
                settings.margin(),
                "frames",
                (double) evidence.getFrames(),
                "restoredVersion",
                (double) state.getRetiredVersion())));
  }

  /** Puts the expert before the active one in use again; the state must name one. */
  Object rollBack(
      ForecasterState state,
      ServedSystem served,
      FieldFrame newest,
      long now,
      String reason,
      Map<String, Double> numbers) {
    String environmentId = newest.getEnvironmentId();
    long version = state.getActiveVersion();
    experts.rollBack(environmentId, state, served);
    trials.delete(StoreKey.of(environmentId));
    List<Long> rolledBack = new ArrayList<>(state.getRolledBack());
    rolledBack.add(version);
    if (rolledBack.size() > REMEMBERED_VERSIONS) {
      rolledBack.remove(0);
    }
    state.setRolledBack(rolledBack);
    state.setDecidedVersion(Math.max(state.getDecidedVersion(), version));
    return new Decisions(
            newest.getRunId(), newest.getSystem(), environmentId, newest.getSequence(), now)
        .record(Decision.ROLLED_BACK, reason, version, version, numbers);
  }
}
