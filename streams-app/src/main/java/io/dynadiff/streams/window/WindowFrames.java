package io.dynadiff.streams.window;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.streams.state.AdaptationState;
import io.dynadiff.streams.state.HeldFrames;
import io.dynadiff.streams.state.HeldFrames.Held;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Second stop: keeps the last L admitted frames of each environment and how many of them follow
 * each other without a break in event time. A new run starts over.
 */
public final class WindowFrames implements Processor<Object, Object, String, Occasion> {

  private final ServedSystems systems;
  private final String adaptationStore;
  private final String windowStore;
  private final String shiftStore;

  private ProcessorContext<String, Occasion> context;
  private RecordStore<AdaptationState> states;
  private HeldFrames window;
  private KeyValueStore<Bytes, byte[]> shifts;

  public WindowFrames(
      ServedSystems systems, String adaptationStore, String windowStore, String shiftStore) {
    this.systems = systems;
    this.adaptationStore = adaptationStore;
    this.windowStore = windowStore;
    this.shiftStore = shiftStore;
  }

  @Override
  public void init(ProcessorContext<String, Occasion> processorContext) {
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
    boolean follows =
        state.getLastSequence() == frame.getSequence() - 1
            && eventTime - state.getLastEventTime() == frame.getIntervalMs();
    state.setStretch(follows ? state.getStretch() + 1 : 1);
    state.setLastSequence(frame.getSequence());
    state.setLastEventTime(eventTime);
    state.setLastAdmittedAt(now);
    states.put(StoreKey.of(environmentId), state);

    if (!follows) {
      // Frames before a break can never share a window with frames after it.
      window.deleteAll(environmentId);
    }
    window.put(environmentId, frame.getSequence(), new Held(frame, record.timestamp(), now));
    window.delete(environmentId, frame.getSequence() - served.windowLength());
    context.forward(new Record<>(environmentId, Occasion.FRAME, record.timestamp()));
  }

  private AdaptationState begin(String environmentId, AdaptationState before, FieldFrame frame) {
    shifts.delete(StoreKey.of(environmentId));
    AdaptationState state = new AdaptationState();
    state.setRunId(frame.getRunId());
    state.setSystem(frame.getSystem());
    state.setLastSequence(-1);
    state.setLastEventTime(0);
    state.setStretch(0);
    state.setFirstWindowAsked(false);
    state.setShiftedFrom(null);
    // Versions rise over all runs of an environment: forecasters tell newer weights by them.
    state.setRequestedVersion(before == null ? 0 : before.getRequestedVersion());
    state.setRequestedBundleId(before == null ? "" : before.getRequestedBundleId());
    return state;
  }
}
