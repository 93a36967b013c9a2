package io.dynadiff.streams.adapt;

import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.avro.RequestReason;
import io.dynadiff.streams.decision.Decisions;
import io.dynadiff.streams.state.AdaptationState;
import io.dynadiff.streams.state.HeldFrames;
import io.dynadiff.streams.state.HeldFrames.Held;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import io.dynadiff.streams.window.Windows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Third stop: asks for new weights when a window calls for them. */
public final class DecideAdaptation implements Processor<Object, Object, Object, Object> {

  /** Where the processor sends what it decides: names of its children in the topology. */
  public record Exits(String prompts, String adaptations) {}

  private final ServedSystems systems;
  private final int framesAfterShift;
  private final String adaptationStore;
  private final String windowStore;
  private final Exits exits;

  private ProcessorContext<Object, Object> context;
  private RecordStore<AdaptationState> states;
  private HeldFrames window;

  public DecideAdaptation(
      ServedSystems systems,
      int framesAfterShift,
      String adaptationStore,
      String windowStore,
      Exits exits) {
    this.systems = systems;
    this.framesAfterShift = framesAfterShift;
    this.adaptationStore = adaptationStore;
    this.windowStore = windowStore;
    this.exits = exits;
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    states = RecordStore.open(context, adaptationStore, AdaptationState.class);
    window = HeldFrames.open(context, windowStore);
  }

  @Override
  public void process(Record<Object, Object> record) {
    String environmentId = (String) record.key();
    AdaptationState state = states.get(StoreKey.of(environmentId));
    ServedSystem served = systems.require(state.getSystem());
    Optional<RequestReason> reason = reason(state, served);
    if (reason.isEmpty()) {
      return;
    }
    long from = windowStart(state, served);
    List<FieldFrame> frames =
        window.range(environmentId, from, state.getLastSequence()).stream()
            .map(Held::frame)
            .toList();
    ObservationWindow observed = Windows.latest(served.shape(), frames);

    state.setFirstWindowAsked(true);
    state.setShiftedFrom(null);
    state.setRegenerate(false);
    state.setRequestedVersion(state.getRequestedVersion() + 1);
    state.setRequestedBundleId(served.bundleId());
    states.put(StoreKey.of(environmentId), state);

    long now = context.currentSystemTimeMs();
    PromptRequest request =
        Prompts.request(
            served,
            frames.get(frames.size() - 1),
            observed,
            WindowFeatures.of(observed, served.normalisation(), served.features()),
            reason.get(),
            state.getRequestedVersion(),
            state.getLastAdmittedAt(),
            now);
    context.forward(new Record<>(environmentId, request, now), exits.prompts());
    context.forward(
        new Record<>(environmentId, requested(environmentId, state, request, now), now),
        exits.adaptations());
    // The generator sees the request when it is committed; requests are too rare for that to cost.
    context.commit();
  }

  private Optional<RequestReason> reason(AdaptationState state, ServedSystem served) {
    boolean full = state.getStretch() >= served.windowLength();
    if (state.getShiftedFrom() != null
        && state.getLastSequence() - windowStart(state, served) + 1 >= needed(served)) {
      return Optional.of(RequestReason.SHIFT);
    }
    if (full && !state.getFirstWindowAsked()) {
      return Optional.of(RequestReason.FIRST_WINDOW);
    }
    if (full && state.getRegenerate() && state.getShiftedFrom() == null) {
      return Optional.of(RequestReason.MANUAL);
    }
    boolean otherBundle =
        !state.getRequestedBundleId().isEmpty()
            && !state.getRequestedBundleId().equals(served.bundleId());
    return full && otherBundle ? Optional.of(RequestReason.NEW_BUNDLE) : Optional.empty();
  }

  /** First sequence of the window: no more than L frames, none before a break or a shift. */
  private static long windowStart(AdaptationState state, ServedSystem served) {
    long frames = Math.min(state.getStretch(), served.windowLength());
    long start = state.getLastSequence() - frames + 1;
    return state.getShiftedFrom() == null ? start : Math.max(start, state.getShiftedFrom());
  }

  private int needed(ServedSystem served) {
    return framesAfterShift == 0
        ? served.windowLength()
        : Math.min(framesAfterShift, served.windowLength());
  }

  private static Object requested(
      String environmentId, AdaptationState state, PromptRequest request, long now) {
    return new Decisions(
            state.getRunId(), state.getSystem(), environmentId, state.getLastSequence(), now)
        .record(
            Decision.REQUESTED,
            "weights for "
                + request.getReason()
                + " over sequences "
                + request.getFirstSequence()
                + ".."
                + request.getLastSequence(),
            request.getWeightsVersion(),
            null,
            Map.of(
                "windowFrames", (double) request.getEventTimes().size(),
                "windowFirstSequence", (double) request.getFirstSequence(),
                "windowLastSequence", (double) request.getLastSequence()));
  }
}
