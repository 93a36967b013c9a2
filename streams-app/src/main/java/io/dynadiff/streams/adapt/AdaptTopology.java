package io.dynadiff.streams.adapt;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.admit.AdmitFrame;
import io.dynadiff.streams.admit.EnvironmentOrder;
import io.dynadiff.streams.shift.ShiftMonitor;
import io.dynadiff.streams.shift.WatchErrors;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.systems.ServedSystems;
import io.dynadiff.streams.window.WindowFrames;
import io.dynadiff.streams.wire.Wire;
import org.apache.kafka.streams.Topology;

/**
 * The adapt role as a topology.
 *
 * <pre>
 *   frames -> admit-frame ----------------------> frames.admitted | frames.rejected
 *                  |                              | adaptations (GAP)
 *                  |
 *                  v
 *            window-frames ---------------------> adaptations (FROZEN, THAWED)
 *                  |
 *                  v
 *            decide-adaptation -----------------> prompts | adaptations (REQUESTED)
 *                  ^
 *   scores -> watch-errors ---------------------> adaptations (SHIFT_DETECTED)
 *                  |
 *   controls -> take-orders --------------------> adaptations (REFUSED)
 * </pre>
 */
public final class AdaptTopology {

  private static final String FRAMES = "frames";
  private static final String SCORES = "scores";
  private static final String CONTROLS = "controls";
  private static final String ORDERS = "take-orders";
  private static final String ADMIT = "admit-frame";
  private static final String WINDOW = "window-frames";
  private static final String WATCH = "watch-errors";
  private static final String DECIDE = "decide-adaptation";
  private static final String ADMITTED = "to-frames-admitted";
  private static final String REJECTED = "to-frames-rejected";
  private static final String PROMPTS = "to-prompts";
  private static final String ADAPTATIONS = "to-adaptations";

  static final String ORDER_STORE = "order";
  static final String WAITING_STORE = "waiting-frames";
  static final String ADAPTATION_STORE = "adaptation";
  static final String WINDOW_STORE = "window";
  static final String SHIFT_STORE = "shift-memory";

  private AdaptTopology() {}

  /** Builds the topology. */
  public static Topology build(Wire wire, ServedSystems systems, AdaptSettings settings) {
    Topology topology = new Topology();
    wire.addRawSource(topology, FRAMES, Topic.FRAMES);
    wire.addSource(topology, SCORES, Topic.SCORES, ForecastScore.class);
    wire.addSource(topology, CONTROLS, Topic.CONTROLS, ControlCommand.class);
    topology.addProcessor(
        ADMIT,
        () ->
            new AdmitFrame(
                wire::registryClient,
                systems,
                new EnvironmentOrder(
                    settings.graceIntervals(),
                    settings.graceTime().toMillis(),
                    settings.largestLead().toMillis()),
                ORDER_STORE,
                WAITING_STORE,
                new AdmitFrame.Exits(ADMITTED, WINDOW, REJECTED, ADAPTATIONS)),
        FRAMES);
    topology.addProcessor(
        WINDOW,
        () ->
            new WindowFrames(
                systems,
                settings.frozenFrames(),
                ADAPTATION_STORE,
                WINDOW_STORE,
                SHIFT_STORE,
                new WindowFrames.Exits(DECIDE, ADAPTATIONS)),
        ADMIT);
    topology.addProcessor(
        WATCH,
        () ->
            new WatchErrors(
                new ShiftMonitor(settings.shift()),
                systems,
                ADAPTATION_STORE,
                SHIFT_STORE,
                new WatchErrors.Exits(DECIDE, ADAPTATIONS)),
        SCORES);
    topology.addProcessor(
        ORDERS,
        () -> new TakeOrders(ADAPTATION_STORE, new TakeOrders.Exits(DECIDE, ADAPTATIONS)),
        CONTROLS);
    topology.addProcessor(
        DECIDE,
        () ->
            new DecideAdaptation(
                systems,
                settings.framesAfterShift(),
                ADAPTATION_STORE,
                WINDOW_STORE,
                new DecideAdaptation.Exits(PROMPTS, ADAPTATIONS)),
        WINDOW,
        WATCH,
        ORDERS);
    topology.addStateStore(RecordStore.declare(ORDER_STORE), ADMIT);
    topology.addStateStore(RecordStore.declare(WAITING_STORE), ADMIT);
    topology.addStateStore(RecordStore.declare(ADAPTATION_STORE), WINDOW, WATCH, ORDERS, DECIDE);
    topology.addStateStore(RecordStore.declare(WINDOW_STORE), WINDOW, DECIDE);
    topology.addStateStore(RecordStore.declare(SHIFT_STORE), WINDOW, WATCH);
    wire.addSink(topology, ADMITTED, Topic.FRAMES_ADMITTED, FieldFrame.class, ADMIT);
    wire.addRawSink(topology, REJECTED, Topic.FRAMES_REJECTED, ADMIT);
    wire.addSink(topology, PROMPTS, Topic.PROMPTS, PromptRequest.class, DECIDE);
    wire.addSink(
        topology,
        ADAPTATIONS,
        Topic.ADAPTATIONS,
        Adaptation.class,
        ADMIT,
        WINDOW,
        WATCH,
        ORDERS,
        DECIDE);
    return topology;
  }
}
