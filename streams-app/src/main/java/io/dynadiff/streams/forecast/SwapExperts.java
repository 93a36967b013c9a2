package io.dynadiff.streams.forecast;

import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.streams.decision.Decisions;
import io.dynadiff.streams.forecast.ExpertShelf.Expert;
import io.dynadiff.streams.state.ForecasterState;
import io.dynadiff.streams.state.HeldFrames;
import io.dynadiff.streams.state.HeldFrames.Held;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import io.dynadiff.streams.weights.IncomingExperts;
import io.dynadiff.streams.weights.IncomingExperts.Challenger;
import io.dynadiff.streams.weights.IncomingExperts.Refusal;
import io.dynadiff.streams.window.Windows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The guarded swap: each version on the weights topic is decided upon once, between two batches of
 * forecasts. Confined to the stream thread of its processor.
 */
final class SwapExperts {

  private final ServedSystems systems;
  private final ForecastSettings settings;
  private final IncomingExperts incoming;
  private final HeldFrames frames;
  private final ExpertShelf experts;
  private final Map<String, Rollouts> rollouts;
  private final EnsembleLimit limit;
  private final Set<String> watched = new LinkedHashSet<>();
  private long seenChanges = -1;

  SwapExperts(
      ServedSystems systems,
      ForecastSettings settings,
      IncomingExperts incoming,
      HeldFrames frames,
      ExpertShelf experts,
      Map<String, Rollouts> rollouts) {
    this.systems = systems;
    this.settings = settings;
    this.incoming = incoming;
    this.frames = frames;
    this.experts = experts;
    this.rollouts = rollouts;
    this.limit = new EnsembleLimit(settings.ensemble());
  }

  /** Adds an environment of the task. */
  void watch(String environmentId) {
    watched.add(environmentId);
  }

  /** Environments to look at: all when weights have come in, else those with new frames. */
  Set<String> due(Set<String> withNewFrames) {
    long changes = incoming.changes();
    if (changes == seenChanges) {
      return withNewFrames;
    }
    seenChanges = changes;
    return watched;
  }

  /**
   * Decides on what has come in for an environment; updates its state if it returns decisions.
   *
   * @param newest the newest admitted frame
   */
  List<Object> decide(String environmentId, ForecasterState state, FieldFrame newest, long now) {
    List<Object> decisions = new ArrayList<>();
    // A pinned environment decides on what has come in when it is released.
    boolean open = !state.getPinned();
    List<Refusal> refusals = incoming.refusals(environmentId);
    Challenger challenger = incoming.newest(environmentId).orElse(null);
    boolean undecided =
        open && challenger != null && challenger.version() > state.getDecidedVersion();
    boolean unpublished =
        refusals.stream().anyMatch(refusal -> refusal.offset() > state.getRefusedOffset());
    if (!undecided && !unpublished) {
      return decisions;
    }
    Decisions log =
        new Decisions(
            newest.getRunId(), newest.getSystem(), environmentId, newest.getSequence(), now);
    for (Refusal refusal : refusals) {
      if (refusal.offset() > state.getRefusedOffset()) {
        state.setRefusedOffset(refusal.offset());
        decisions.add(
            log.record(
                Decision.REFUSED,
                refusal.reason(),
                refusal.version(),
                state.getActiveVersion(),
                Map.of("offset", (double) refusal.offset())));
      }
    }
    if (undecided) {
      judge(environmentId, state, challenger, newest, log, decisions);
    }
    return decisions;
  }

  private void judge(
      String environmentId,
      ForecasterState state,
      Challenger challenger,
      FieldFrame newest,
      Decisions log,
      List<Object> decisions) {
    ServedSystem served = systems.require(newest.getSystem());
    if (!challenger.bundleId().equals(served.bundleId())) {
      state.setDecidedVersion(challenger.version());
      decisions.add(
          log.record(
              Decision.REFUSED,
              "expected weights of bundle "
                  + served.bundleId()
                  + " for system "
                  + newest.getSystem()
                  + ", found bundle "
                  + challenger.bundleId(),
              challenger.version(),
              state.getActiveVersion(),
              Map.of()));
      return;
    }
    if (!state.getBundleId().equals(served.bundleId())) {
      // Frames of another system are still pending; their expert has to go first.
      return;
    }
    long stored = state.getStored();
    List<FieldFrame> latest =
        frames.range(environmentId, stored - served.windowLength(), stored - 1).stream()
            .map(Held::frame)
            .toList();
    ObservationWindow window = Windows.latest(served.shape(), latest);
    if (window.length() < 2) {
      // Nothing to compare on yet.
      return;
    }
    long started = System.nanoTime();
    Expert offered = limit.expert(challenger, served);
    double[] scores =
        rollouts
            .get(served.system())
            .windowScores(
                List.of(experts.active(environmentId, state, served).members(), offered.members()),
                window);
    double judgingMillis = (System.nanoTime() - started) / 1e6;
    SwapDecision decision = SwapDecision.of(scores[0], scores[1], settings.swapMargin());
    long incumbent = state.getActiveVersion();
    state.setDecidedVersion(challenger.version());
    if (decision.accepted()) {
      long trialEnd = settings.trialFrames() == 0 ? 0 : state.getIssued() + settings.trialFrames();
      experts.swap(environmentId, state, served, offered, trialEnd);
    }
    decisions.add(
        log.record(
            decision.accepted() ? Decision.ACCEPTED : Decision.KEPT_INCUMBENT,
            decision.reason(),
            challenger.version(),
            incumbent,
            numbers(challenger, offered, decision, window.length(), newest, log, judgingMillis)));
  }

  private static Map<String, Double> numbers(
      Challenger challenger,
      Expert offered,
      SwapDecision decision,
      int windowFrames,
      FieldFrame newest,
      Decisions log,
      double judgingMillis) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("members", (double) offered.members().size());
    numbers.put("offeredMembers", (double) challenger.members().size());
    numbers.put("incumbentScore", decision.incumbentScore());
    numbers.put("challengerScore", decision.challengerScore());
    numbers.put("threshold", decision.threshold());
    numbers.put("windowFrames", (double) windowFrames);
    numbers.put("firstSequence", (double) newest.getSequence() - windowFrames + 1);
    numbers.put("generatedScore", challenger.generatedScore());
    numbers.put("sinceWindowMs", (double) (log.nowMillis() - challenger.windowCompletedAtMillis()));
    numbers.put("sinceReceivedMs", (double) (log.nowMillis() - challenger.receivedAtMillis()));
    numbers.put("judgingMs", judgingMillis);
    return numbers;
  }
}
