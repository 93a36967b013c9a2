package io.dynadiff.streams.forecast;

import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.metrics.FlowMetrics;
import io.dynadiff.streams.state.ForecasterState;
import io.dynadiff.streams.state.HeldFrames;
import io.dynadiff.streams.state.HeldFrames.Held;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.state.StoredExpert;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import io.dynadiff.streams.weights.IncomingExperts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Stores every admitted frame, and at short intervals swaps experts and forecasts from all stored
 * frames of its task in one stacked computation per system.
 *
 * <pre>
 *   ordinal   0 ... issued-L ... issued-1 | issued ... stored-1
 *             deleted   kept for windows    pending
 * </pre>
 *
 * <p>Frames are counted per environment by ordinals that never start over, so that a new run needs
 * no reset. A batch only drains what is in the store: if it fails, the transaction is rolled back
 * and the same frames are pending again.
 */
final class ForecastFrames implements Processor<String, FieldFrame, Object, Object> {

  /** Where the processor sends what it makes: names of its children in the topology. */
  record Exits(String forecasts, String adaptations) {}

  /** Names of its stores. */
  record StoreNames(String states, String frames, String experts) {}

  private final ServedSystems systems;
  private final ForecastSettings settings;
  private final Rollouts.Opener opener;
  private final IncomingExperts incoming;
  private final AtomicLong pendingGauge;
  private final StoreNames storeNames;
  private final Exits exits;

  private ProcessorContext<Object, Object> context;
  private RecordStore<ForecasterState> states;
  private HeldFrames frames;
  private ExpertShelf experts;
  private SwapExperts swaps;
  private final Map<String, Rollouts> rollouts = new HashMap<>();
  private long pending;

  /** Environments with pending frames; only a shortcut to what the store says. */
  private final Set<String> waiting = new LinkedHashSet<>();

  ForecastFrames(
      ServedSystems systems,
      ForecastSettings settings,
      Rollouts.Opener opener,
      IncomingExperts incoming,
      AtomicLong pendingGauge,
      StoreNames storeNames,
      Exits exits) {
    this.systems = systems;
    this.settings = settings;
    this.opener = opener;
    this.incoming = incoming;
    this.pendingGauge = pendingGauge;
    this.storeNames = storeNames;
    this.exits = exits;
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    // A task that is revived after an aborted transaction begins again with the same processor.
    waiting.clear();
    states = RecordStore.open(context, storeNames.states(), ForecasterState.class);
    frames = HeldFrames.open(context, storeNames.frames());
    experts = new ExpertShelf(RecordStore.open(context, storeNames.experts(), StoredExpert.class));
    // Native code is loaded here, before the application counts as running.
    for (ServedSystem system : systems.all()) {
      rollouts.put(system.system(), opener.open(system));
    }
    swaps = new SwapExperts(systems, settings, incoming, frames, experts, rollouts);
    states.forEach(
        (key, state) -> {
          String environmentId = StoreKey.environment(key);
          swaps.watch(environmentId);
          if (state.getIssued() < state.getStored()) {
            waiting.add(environmentId);
            count(state.getStored() - state.getIssued());
          }
        });
    context.schedule(settings.drainInterval(), PunctuationType.WALL_CLOCK_TIME, this::drain);
  }

  @Override
  public void process(Record<String, FieldFrame> record) {
    FieldFrame frame = record.value();
    if (frame == null) {
      return;
    }
    String environmentId = frame.getEnvironmentId();
    ForecasterState state = states.get(StoreKey.of(environmentId));
    if (state == null) {
      state = new ForecasterState();
      state.setDecidedVersion(0L);
      state.setRefusedOffset(-1L);
      experts.reset(environmentId, state, systems.require(frame.getSystem()));
    }
    frames.put(
        environmentId,
        state.getStored(),
        new Held(frame, record.timestamp(), context.currentSystemTimeMs()));
    state.setStored(state.getStored() + 1);
    states.put(StoreKey.of(environmentId), state);
    waiting.add(environmentId);
    swaps.watch(environmentId);
    count(1);
  }

  private void drain(long now) {
    for (String environmentId : swaps.due(waiting)) {
      ForecasterState state = states.get(StoreKey.of(environmentId));
      List<Object> decisions = swaps.decide(environmentId, state, now);
      if (!decisions.isEmpty()) {
        states.put(StoreKey.of(environmentId), state);
        decisions.forEach(
            decision ->
                context.forward(new Record<>(environmentId, decision, now), exits.adaptations()));
      }
    }
    if (!waiting.isEmpty()) {
      issue(now);
    }
  }

  /**
   * A frame to forecast from, with the experts of its environment as of this frame.
   *
   * @param retired weights of the expert on trial, or null
   */
  private record Pending(
      ServedSystem served, Held held, ForecasterState state, float[] active, float[] retired) {}

  private void issue(long now) {
    Map<String, List<Pending>> bySystem = new LinkedHashMap<>();
    int room = settings.batchLimit();
    for (String environmentId : List.copyOf(waiting)) {
      if (room == 0) {
        break;
      }
      room -= take(environmentId, room, bySystem);
    }
    bySystem.values().forEach(batch -> forecast(batch, now));
  }

  /** Moves up to {@code room} frames of an environment from pending to the batches. */
  private int take(String environmentId, int room, Map<String, List<Pending>> bySystem) {
    ForecasterState state = states.get(StoreKey.of(environmentId));
    long from = state.getIssued();
    long to = Math.min(state.getStored(), from + room);
    for (long ordinal = from; ordinal < to; ordinal++) {
      Held held = frames.get(environmentId, ordinal).orElseThrow();
      ServedSystem served = systems.require(held.frame().getSystem());
      if (!state.getBundleId().equals(served.bundleId())) {
        experts.reset(environmentId, state, served);
      }
      if (state.getRetiredVersion() != null && ordinal >= state.getTrialEnd()) {
        experts.dropRetired(environmentId, state);
      }
      bySystem
          .computeIfAbsent(served.system(), s -> new ArrayList<>())
          .add(
              new Pending(
                  served,
                  held,
                  ForecasterState.newBuilder(state).build(),
                  experts.active(environmentId, state, served),
                  state.getRetiredVersion() == null
                      ? null
                      : experts.retired(environmentId, state, served)));
      frames.delete(environmentId, ordinal - served.windowLength());
    }
    state.setIssued(to);
    states.put(StoreKey.of(environmentId), state);
    if (to == state.getStored()) {
      waiting.remove(environmentId);
    }
    count(from - to);
    return (int) (to - from);
  }

  private void forecast(List<Pending> batch, long now) {
    ServedSystem served = batch.get(0).served();
    List<RolloutStart> starts = new ArrayList<>();
    for (Pending one : batch) {
      float[] field = TensorCodec.decode(one.held().frame().getField());
      long time = one.held().frame().getEventTime().toEpochMilli();
      starts.add(new RolloutStart(one.active(), field, time));
      if (one.retired() != null) {
        starts.add(new RolloutStart(one.retired(), field, time));
      }
    }
    long started = System.nanoTime();
    List<float[][]> fields = rollouts.get(served.system()).rollout(starts, served.leadCount());
    FlowMetrics.rolledOut(served.system(), batch.size(), System.nanoTime() - started);
    int next = 0;
    for (Pending one : batch) {
      float[][] active = fields.get(next++);
      float[][] retired = one.retired() != null ? fields.get(next++) : null;
      FlowMetrics.issued(
          one.held().frame().getEnvironmentId(),
          served.system(),
          one.state().getActiveVersion(),
          now - one.held().ingestedAt());
      context.forward(
          new Record<>(
              one.held().frame().getEnvironmentId(),
              Forecasts.of(one.held(), one.state(), served, active, retired, now),
              now),
          exits.forecasts());
    }
  }

  private void count(long change) {
    pending += change;
    pendingGauge.addAndGet(change);
  }

  @Override
  public void close() {
    rollouts.values().forEach(Rollouts::close);
    rollouts.clear();
    // Another processor, here or elsewhere, counts these frames when it opens the store.
    count(-pending);
  }
}
