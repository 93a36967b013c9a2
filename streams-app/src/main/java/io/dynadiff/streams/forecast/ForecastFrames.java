package io.dynadiff.streams.forecast;

import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.forecast.ExpertShelf.Expert;
import io.dynadiff.streams.metrics.FlowMetrics;
import io.dynadiff.streams.state.ForecasterState;
import io.dynadiff.streams.state.HeldFrames;
import io.dynadiff.streams.state.HeldFrames.Held;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.SpreadEvidence;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.state.StoredExpert;
import io.dynadiff.streams.state.TrialEvidence;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import io.dynadiff.streams.weights.IncomingExperts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Stores every admitted frame, and at short intervals swaps experts and forecasts from all stored
 * frames of its task in one stacked computation per system. Scores and orders that come in between
 * act on the experts at once, that is between two batches.
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
final class ForecastFrames implements Processor<String, Object, Object, Object> {

  /** Where the processor sends what it makes: names of its children in the topology. */
  record Exits(String forecasts, String adaptations) {}

  /** Names of its stores. */
  record StoreNames(String states, String frames, String experts, String trials, String spreads) {}

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
  private RecordStore<SpreadEvidence> spreads;
  private SwapExperts swaps;
  private JudgeTrials trials;
  private ObeyControls controls;
  private final SpreadCalibration calibration;
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
    this.calibration = new SpreadCalibration(settings.ensemble());
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    // A task that is revived after an aborted transaction begins again with the same processor.
    waiting.clear();
    states = RecordStore.open(context, storeNames.states(), ForecasterState.class);
    frames = HeldFrames.open(context, storeNames.frames());
    experts = new ExpertShelf(RecordStore.open(context, storeNames.experts(), StoredExpert.class));
    spreads = RecordStore.open(context, storeNames.spreads(), SpreadEvidence.class);
    trials =
        new JudgeTrials(
            settings.rollBack(),
            RecordStore.open(context, storeNames.trials(), TrialEvidence.class),
            experts);
    controls = new ObeyControls(incoming, experts, trials, new EnsembleLimit(settings.ensemble()));
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
  public void process(Record<String, Object> record) {
    if (record.value() instanceof FieldFrame frame) {
      store(frame, record.timestamp());
    } else if (record.value() instanceof ForecastScore score) {
      learn(score);
    } else if (record.value() instanceof ControlCommand command && ObeyControls.concerns(command)) {
      obey(command);
    }
  }

  private void learn(ForecastScore score) {
    Bytes key = StoreKey.of(score.getEnvironmentId());
    ForecasterState state = states.get(key);
    if (state == null || repeats(score)) {
      return;
    }
    trials.observe(state, score);
    SpreadEvidence known = spreads.get(key);
    SpreadEvidence next = calibration.observe(known, score, state.getActiveVersion());
    if (next != known) {
      spreads.put(key, next);
    }
  }

  /**
   * Whether the frame is the one before it to the last bit: then the sensor is frozen, and what
   * forecasts missed says nothing about experts or their spread.
   */
  private static boolean repeats(ForecastScore score) {
    return score.getLeads().stream()
        .anyMatch(lead -> lead.getLeadSteps() == 1 && lead.getPersistenceNormalisedRmse() == 0);
  }

  private void obey(ControlCommand command) {
    String environmentId = command.getEnvironmentId();
    ForecasterState state = states.get(StoreKey.of(environmentId));
    long now = context.currentSystemTimeMs();
    if (state == null) {
      decided(environmentId, ObeyControls.unknown(command, now), now);
      return;
    }
    FieldFrame newest = newest(environmentId, state);
    ServedSystem served = systems.require(newest.getSystem());
    Object decision = controls.obey(command, state, served, newest, now);
    states.put(StoreKey.of(environmentId), state);
    decided(environmentId, decision, now);
  }

  private FieldFrame newest(String environmentId, ForecasterState state) {
    return frames.get(environmentId, state.getStored() - 1).orElseThrow().frame();
  }

  private void decided(String environmentId, Object decision, long now) {
    context.forward(new Record<>(environmentId, decision, now), exits.adaptations());
  }

  private void store(FieldFrame frame, long ingestedAt) {
    String environmentId = frame.getEnvironmentId();
    ForecasterState state = states.get(StoreKey.of(environmentId));
    if (state == null) {
      state = new ForecasterState();
      state.setDecidedVersion(0L);
      state.setRefusedOffset(-1L);
      state.setRolledBack(List.of());
      experts.reset(environmentId, state, systems.require(frame.getSystem()));
    }
    frames.put(
        environmentId,
        state.getStored(),
        new Held(frame, ingestedAt, context.currentSystemTimeMs()));
    state.setStored(state.getStored() + 1);
    states.put(StoreKey.of(environmentId), state);
    waiting.add(environmentId);
    swaps.watch(environmentId);
    count(1);
    FlowMetrics.taken(frame.getSystem(), environmentId);
  }

  private void drain(long now) {
    for (String environmentId : swaps.due(waiting)) {
      ForecasterState state = states.get(StoreKey.of(environmentId));
      FieldFrame newest = newest(environmentId, state);
      List<Object> decisions = new ArrayList<>();
      trials
          .decide(state, systems.require(newest.getSystem()), newest, now)
          .ifPresent(decisions::add);
      decisions.addAll(swaps.decide(environmentId, state, newest, now));
      if (!decisions.isEmpty()) {
        states.put(StoreKey.of(environmentId), state);
        decisions.forEach(decision -> decided(environmentId, decision, now));
      }
    }
    if (!waiting.isEmpty()) {
      issue(now);
    }
  }

  /**
   * A frame to forecast from, with the experts of its environment as of this frame.
   *
   * @param retired the expert that is run beside, or null
   * @param factors for each lead the factor that calibrates the spread
   */
  private record Pending(
      ServedSystem served,
      Held held,
      ForecasterState state,
      Expert active,
      Expert retired,
      double[] factors) {}

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
    SpreadEvidence evidence = spreads.get(StoreKey.of(environmentId));
    long from = state.getIssued();
    long to = Math.min(state.getStored(), from + room);
    for (long ordinal = from; ordinal < to; ordinal++) {
      Held held = frames.get(environmentId, ordinal).orElseThrow();
      ServedSystem served = systems.require(held.frame().getSystem());
      if (!state.getBundleId().equals(served.bundleId())) {
        experts.reset(environmentId, state, served);
      }
      boolean onTrial = state.getRetiredVersion() != null && ordinal < state.getTrialEnd();
      bySystem
          .computeIfAbsent(served.system(), s -> new ArrayList<>())
          .add(
              new Pending(
                  served,
                  held,
                  ForecasterState.newBuilder(state).build(),
                  experts.active(environmentId, state, served),
                  onTrial ? experts.retired(environmentId, state, served) : null,
                  calibration.factors(evidence, served.leadCount())));
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
      add(one.active(), field, time, starts);
      if (one.retired() != null) {
        add(one.retired(), field, time, starts);
      }
    }
    long started = System.nanoTime();
    Iterator<float[][]> fields =
        rollouts.get(served.system()).rollout(starts, served.leadCount()).iterator();
    FlowMetrics.rolledOut(served.system(), batch.size(), System.nanoTime() - started);
    for (Pending one : batch) {
      EnsembleFields active = next(one.active(), fields);
      float[][] retired = one.retired() == null ? null : next(one.retired(), fields).mean();
      FlowMetrics.issued(
          one.held().frame().getEnvironmentId(),
          served.system(),
          one.state().getActiveVersion(),
          now - one.held().ingestedAt());
      context.forward(
          new Record<>(
              one.held().frame().getEnvironmentId(),
              Forecasts.of(
                  one.held(),
                  one.state(),
                  served,
                  active,
                  one.factors(),
                  settings.ensemble().publishMembers(),
                  retired,
                  now),
              now),
          exits.forecasts());
    }
  }

  private static void add(Expert expert, float[] field, long time, List<RolloutStart> starts) {
    expert.members().forEach(weights -> starts.add(new RolloutStart(weights, field, time)));
  }

  private static EnsembleFields next(Expert expert, Iterator<float[][]> fields) {
    List<float[][]> members = new ArrayList<>();
    for (int m = 0; m < expert.members().size(); m++) {
      members.add(fields.next());
    }
    return EnsembleFields.of(members);
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
