package io.dynadiff.streams.verify;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.state.ForecastSlice;
import io.dynadiff.streams.state.HeldFrames;
import io.dynadiff.streams.state.HeldFrames.Held;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.RunProgress;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.state.VerifierState;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins admitted frames with the forecasts that are valid at them: one score per frame, in order.
 *
 * <pre>
 *   frames.admitted   0 ... scored-H ... scored-1 | scored ... stored-1      (ordinals)
 *                     deleted   kept as issue frames   waiting for forecasts
 *   forecasts         by (run, valid sequence, lead), deleted once their frame is scored
 * </pre>
 *
 * <p>The two topics arrive in any order relative to each other. A frame is scored when the forecast
 * from the frame before it has arrived, since the forecaster issues them in order. All state is in
 * the stores; two processors of one task share them. Confined to their stream thread.
 */
final class Verification {

  private static final int REMEMBERED_RUNS = 64;

  private final ServedSystems systems;
  private final RecordStore<VerifierState> states;
  private final HeldFrames truths;
  private final PendingForecasts forecasts;

  Verification(
      ServedSystems systems,
      RecordStore<VerifierState> states,
      HeldFrames truths,
      PendingForecasts forecasts) {
    this.systems = systems;
    this.states = states;
    this.truths = truths;
    this.forecasts = forecasts;
  }

  /** Takes an admitted frame in. */
  void add(FieldFrame frame, long ingestedAt, long now) {
    String environmentId = frame.getEnvironmentId();
    VerifierState state = state(environmentId);
    truths.put(environmentId, state.getStored(), new Held(frame, ingestedAt, now));
    state.setStored(state.getStored() + 1);
    states.put(StoreKey.of(environmentId), state);
  }

  /** Takes a forecast in. */
  void add(Forecast forecast, ForecastFields fields, long now) {
    String environmentId = forecast.getEnvironmentId();
    VerifierState state = state(environmentId);
    if (state.getFinishedRuns().contains(forecast.getRunId())) {
      return;
    }
    long scored =
        truths
            .get(environmentId, state.getScored() - 1)
            .map(Held::frame)
            .filter(frame -> frame.getRunId().equals(forecast.getRunId()))
            .map(FieldFrame::getSequence)
            .orElse(-1L);
    forecasts.put(forecast, fields, scored);
    state.setForecastAt(now);
    RunProgress progress = progress(state, forecast.getRunId());
    if (progress == null) {
      state.getArrived().add(new RunProgress(forecast.getRunId(), forecast.getIssueSequence()));
    } else {
      progress.setIssueSequence(Math.max(progress.getIssueSequence(), forecast.getIssueSequence()));
    }
    states.put(StoreKey.of(environmentId), state);
  }

  /**
   * Scores the frames of an environment that need not wait.
   *
   * @param now wall-clock time, milliseconds since the epoch
   * @param stalledSince frames wait no longer if neither they nor a forecast of their environment
   *     have come after this time; as long as forecasts come, a late one is on its way
   */
  List<ForecastScore> score(String environmentId, long now, long stalledSince) {
    VerifierState state = state(environmentId);
    List<ForecastScore> scores = new ArrayList<>();
    while (state.getScored() < state.getStored()) {
      Held head = truths.get(environmentId, state.getScored()).orElseThrow();
      Optional<FieldFrame> before =
          truths.get(environmentId, state.getScored() - 1).map(Held::frame);
      boolean stalled = Math.max(head.heldAt(), state.getForecastAt()) <= stalledSince;
      if (!stalled && !forecastArrived(state, before, head.frame())) {
        break;
      }
      scores.add(score(state, head.frame(), before, now));
    }
    if (!scores.isEmpty()) {
      states.put(StoreKey.of(environmentId), state);
    }
    return scores;
  }

  /** Whether frames of an environment wait. */
  boolean waiting(String environmentId) {
    VerifierState state = state(environmentId);
    return state.getScored() < state.getStored();
  }

  private static boolean forecastArrived(
      VerifierState state, Optional<FieldFrame> before, FieldFrame frame) {
    if (before.isEmpty() || !before.get().getRunId().equals(frame.getRunId())) {
      return true;
    }
    RunProgress progress = progress(state, frame.getRunId());
    return progress != null && progress.getIssueSequence() >= before.get().getSequence();
  }

  private ForecastScore score(
      VerifierState state, FieldFrame frame, Optional<FieldFrame> before, long now) {
    String environmentId = frame.getEnvironmentId();
    ServedSystem served = systems.require(frame.getSystem());
    long from = 0;
    if (before.isPresent()) {
      if (before.get().getRunId().equals(frame.getRunId())) {
        from = before.get().getSequence() + 1;
      } else {
        finish(state, environmentId, before.get().getRunId());
      }
    }
    List<LeadScore> leads =
        leads(
            state,
            frame,
            served,
            forecasts.take(environmentId, frame.getRunId(), from, frame.getSequence()));
    // As an issue frame the oldest one serves the frame at its longest lead, not the next one.
    truths.delete(environmentId, state.getScored() - served.leadCount());
    state.setScored(state.getScored() + 1);
    return ForecastScore.newBuilder()
        .setRunId(frame.getRunId())
        .setSystem(frame.getSystem())
        .setEnvironmentId(environmentId)
        .setSequence(frame.getSequence())
        .setEventTime(frame.getEventTime())
        .setBundleId(served.bundleId())
        .setLeads(leads)
        .setScoredAt(Instant.ofEpochMilli(now))
        .build();
  }

  private List<LeadScore> leads(
      VerifierState state, FieldFrame frame, ServedSystem served, List<ForecastSlice> slices) {
    if (slices.isEmpty()) {
      return List.of();
    }
    float[] truth = TensorCodec.decode(frame.getField());
    LeadScores toTruth = new LeadScores(served, truth);
    List<FieldFrame> earlier =
        truths
            .range(
                frame.getEnvironmentId(),
                state.getScored() - served.leadCount(),
                state.getScored() - 1)
            .stream()
            .map(Held::frame)
            .filter(one -> one.getRunId().equals(frame.getRunId()))
            .toList();
    List<LeadScore> leads = new ArrayList<>();
    for (ForecastSlice slice : slices) {
      boolean sameTime = slice.getValidTime() == frame.getEventTime().toEpochMilli();
      boolean sameSize = slice.getMean().remaining() == served.shape().size() * Float.BYTES;
      if (sameTime && sameSize) {
        leads.add(toTruth.of(slice, issued(earlier, slice)));
      }
    }
    return leads;
  }

  private static float[] issued(List<FieldFrame> earlier, ForecastSlice slice) {
    return earlier.stream()
        .filter(frame -> frame.getSequence() == slice.getIssueSequence())
        .findFirst()
        .map(frame -> TensorCodec.decode(frame.getField()))
        .orElse(null);
  }

  private void finish(VerifierState state, String environmentId, String runId) {
    forecasts.forget(environmentId, runId);
    List<RunProgress> others = new ArrayList<>(state.getArrived());
    others.removeIf(progress -> progress.getRunId().equals(runId));
    state.setArrived(others);
    state.getFinishedRuns().add(runId);
    if (state.getFinishedRuns().size() > REMEMBERED_RUNS) {
      state.getFinishedRuns().remove(0);
    }
  }

  private static RunProgress progress(VerifierState state, String runId) {
    return state.getArrived().stream()
        .filter(progress -> progress.getRunId().equals(runId))
        .findFirst()
        .orElse(null);
  }

  private VerifierState state(String environmentId) {
    VerifierState state = states.get(StoreKey.of(environmentId));
    if (state == null) {
      state = new VerifierState(0L, 0L, new ArrayList<>(), new ArrayList<>(), 0L);
    }
    return state;
  }
}
