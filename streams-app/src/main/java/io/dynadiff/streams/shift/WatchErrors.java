package io.dynadiff.streams.shift;

import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.streams.decision.Decisions;
import io.dynadiff.streams.shift.ShiftMonitor.Verdict;
import io.dynadiff.streams.state.AdaptationState;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import io.dynadiff.streams.window.Occasion;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Feeds the one-step errors of the active experts to the shift monitor and reports its finds. */
public final class WatchErrors implements Processor<String, ForecastScore, Object, Object> {

  /** Where the processor sends what it finds: names of its children in the topology. */
  public record Exits(String decide, String adaptations) {}

  private final ShiftMonitor monitor;
  private final ServedSystems systems;
  private final String adaptationStore;
  private final String shiftStore;
  private final Exits exits;

  private ProcessorContext<Object, Object> context;
  private RecordStore<AdaptationState> states;
  private KeyValueStore<Bytes, byte[]> memories;

  public WatchErrors(
      ShiftMonitor monitor,
      ServedSystems systems,
      String adaptationStore,
      String shiftStore,
      Exits exits) {
    this.monitor = monitor;
    this.systems = systems;
    this.adaptationStore = adaptationStore;
    this.shiftStore = shiftStore;
    this.exits = exits;
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    states = RecordStore.open(context, adaptationStore, AdaptationState.class);
    memories = context.getStateStore(shiftStore);
  }

  @Override
  public void process(Record<String, ForecastScore> record) {
    ForecastScore score = record.value();
    if (score == null) {
      return;
    }
    String environmentId = score.getEnvironmentId();
    AdaptationState state = states.get(StoreKey.of(environmentId));
    Optional<ServedSystem> served = systems.find(score.getSystem());
    Optional<LeadScore> oneStep =
        score.getLeads().stream().filter(lead -> lead.getLeadSteps() == 1).findFirst();
    boolean current =
        state != null
            && state.getRunId().equals(score.getRunId())
            && served.isPresent()
            && served.get().bundleId().equals(score.getBundleId());
    if (!current || oneStep.isEmpty()) {
      return;
    }
    LeadScore lead = oneStep.get();
    Bytes key = StoreKey.of(environmentId);
    Verdict verdict =
        monitor.observe(
            monitor.remember(memories.get(key)),
            OneStepError.of(
                score.getSequence(),
                lead.getWeightsVersion(),
                lead.getNormalisedRmse(),
                lead.getPersistenceNormalisedRmse(),
                served.get().calibration().usualChange()),
            served.get().calibration().oneStepErrorMean());
    memories.put(key, verdict.memory().toBytes());
    verdict.shift().ifPresent(shift -> report(environmentId, state, lead, shift));
  }

  private void report(String environmentId, AdaptationState state, LeadScore lead, Shift shift) {
    state.setShiftedFrom(shift.onsetSequence());
    states.put(StoreKey.of(environmentId), state);
    long now = context.currentSystemTimeMs();
    Decisions decisions =
        new Decisions(
            state.getRunId(), state.getSystem(), environmentId, shift.detectedSequence(), now);
    context.forward(
        new Record<>(
            environmentId,
            decisions.record(
                Decision.SHIFT_DETECTED,
                "the one-step error has left what expert version "
                    + lead.getWeightsVersion()
                    + " usually achieves since sequence "
                    + shift.onsetSequence(),
                null,
                lead.getWeightsVersion(),
                Map.of(
                    "onsetSequence", (double) shift.onsetSequence(),
                    "statistic", shift.statistic(),
                    "threshold", shift.threshold(),
                    "referenceError", shift.reference(),
                    "error", lead.getNormalisedRmse())),
            now),
        exits.adaptations());
    context.forward(new Record<>(environmentId, Occasion.SHIFT, now), exits.decide());
  }
}
