package io.dynadiff.streams.window;

import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.streams.decision.Decisions;
import io.dynadiff.streams.metrics.FlowMetrics;
import io.dynadiff.streams.state.AdaptationState;
import io.dynadiff.streams.state.HeldFrames;
import io.dynadiff.streams.state.HeldFrames.Held;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Second stop: keeps the last L admitted frames of each environment and how many of them follow
 * each other without a break in event time. A new run starts over.
 *
 * <p>A frame that repeats the field before it to the last bit comes from a frozen sensor. It breaks
 * the window and is not kept in it, and the frame with which the field moves again begins a new
 * one; an episode is reported as frozen once, and once when it is over.
 */
public final class WindowFrames implements Processor<Object, Object, Object, Object> {

  /** Where the processor sends what it finds: names of its children in the topology. */
  public record Exits(String decide, String adaptations) {}

  private final ServedSystems systems;
  private final int frozenFrames;
  private final String adaptationStore;
  private final String windowStore;
  private final String shiftStore;
  private final Exits exits;

  private ProcessorContext<Object, Object> context;
  private RecordStore<AdaptationState> states;
  private HeldFrames window;
  private KeyValueStore<Bytes, byte[]> shifts;

  /**
   * @param frozenFrames repeats in a row that are reported as a frozen feed, at least 1
   */
  public WindowFrames(
      ServedSystems systems,
      int frozenFrames,
      String adaptationStore,
      String windowStore,
      String shiftStore,
      Exits exits) {
    this.systems = systems;
    this.frozenFrames = frozenFrames;
    this.adaptationStore = adaptationStore;
    this.windowStore = windowStore;
    this.shiftStore = shiftStore;
    this.exits = exits;
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    states = RecordStore.open(context, adaptationStore, AdaptationState.class);
    window = HeldFrames.open(context, windowStore);
    shifts = context.getStateStore(shiftStore);
  }

  @Override
  public void process(Record<Object, Object> record) {
    String environmentId = (String) record.key();
    FieldFrame frame = (FieldFrame) record.value();
    ServedSystem served = systems.require(frame.getSystem());
    long now = context.currentSystemTimeMs();
    long eventTime = frame.getEventTime().toEpochMilli();

    AdaptationState state = states.get(StoreKey.of(environmentId));
    if (state == null || !state.getRunId().equals(frame.getRunId())) {
      state = begin(environmentId, state, frame);
    }
    long repeatsBefore = state.getRepeats();
    long checksum = checksum(frame);
    boolean repeats = state.getLastSequence() >= 0 && checksum == state.getLastFieldChecksum();
    boolean follows =
        state.getLastSequence() == frame.getSequence() - 1
            && eventTime - state.getLastEventTime() == frame.getIntervalMs()
            && repeatsBefore == 0
            && !repeats;
    state.setRepeats(repeats ? repeatsBefore + 1 : 0);
    state.setStretch(repeats ? 0 : follows ? state.getStretch() + 1 : 1);
    state.setLastSequence(frame.getSequence());
    state.setLastEventTime(eventTime);
    state.setLastAdmittedAt(now);
    state.setLastFieldChecksum(checksum);
    states.put(StoreKey.of(environmentId), state);

    if (!follows) {
      // Frames before a break can never share a window with frames after it.
      window.deleteAll(environmentId);
    }
    if (repeats) {
      FlowMetrics.repeated(frame.getSystem());
    } else {
      window.put(environmentId, frame.getSequence(), new Held(frame, record.timestamp(), now));
      window.delete(environmentId, frame.getSequence() - served.windowLength());
    }
    reportStandstill(frame, repeatsBefore, state.getRepeats(), now);
    context.forward(
        new Record<>(environmentId, Occasion.FRAME, record.timestamp()), exits.decide());
  }

  private void reportStandstill(FieldFrame frame, long repeatsBefore, long repeats, long now) {
    if (repeats == frozenFrames) {
      report(
          frame,
          Decision.FROZEN,
          repeats + " frames in a row repeat the field before them to the last bit",
          repeats,
          now);
    } else if (repeats == 0 && repeatsBefore >= frozenFrames) {
      report(
          frame,
          Decision.THAWED,
          "the field moves again after " + repeatsBefore + " repeated frames",
          repeatsBefore,
          now);
    }
  }

  private void report(FieldFrame frame, Decision decision, String reason, long repeats, long now) {
    Decisions decisions =
        new Decisions(
            frame.getRunId(),
            frame.getSystem(),
            frame.getEnvironmentId(),
            frame.getSequence(),
            now);
    context.forward(
        new Record<>(
            frame.getEnvironmentId(),
            decisions.record(
                decision, reason, null, null, Map.of("repeatedFrames", (double) repeats)),
            now),
        exits.adaptations());
  }

  /** Tells a repeated field without reading the frame before from the store. */
  private static long checksum(FieldFrame frame) {
    ByteBuffer bytes = frame.getField().getData().duplicate();
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }

  private AdaptationState begin(String environmentId, AdaptationState before, FieldFrame frame) {
    shifts.delete(StoreKey.of(environmentId));
    AdaptationState state = new AdaptationState();
    state.setRunId(frame.getRunId());
    state.setSystem(frame.getSystem());
    state.setLastSequence(-1);
    state.setLastEventTime(0);
    state.setStretch(0);
    state.setLastFieldChecksum(0);
    state.setRepeats(0);
    state.setFirstWindowAsked(false);
    state.setShiftedFrom(null);
    // Versions rise over all runs of an environment: forecasters tell newer weights by them.
    state.setRequestedVersion(before == null ? 0 : before.getRequestedVersion());
    state.setRequestedBundleId(before == null ? "" : before.getRequestedBundleId());
    return state;
  }
}
