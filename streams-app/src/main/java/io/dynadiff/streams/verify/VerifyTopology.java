package io.dynadiff.streams.verify;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.systems.ServedSystems;
import io.dynadiff.streams.wire.Wire;
import org.apache.kafka.streams.Topology;

/**
 * The verify role as a topology.
 *
 * <pre>
 *   frames.admitted -> hold-truth ---------+
 *                         (shared stores)  +--> scores
 *   forecasts ------> collect-forecasts ---+
 * </pre>
 */
public final class VerifyTopology {

  private static final String FRAMES = "frames-admitted";
  private static final String FORECASTS = "forecasts";
  private static final String HOLD = "hold-truth";
  private static final String COLLECT = "collect-forecasts";
  private static final String SCORES = "to-scores";

  static final String STATE_STORE = "verifier";
  static final String TRUTH_STORE = "truths";
  static final String FORECAST_STORE = "pending-forecasts";

  private VerifyTopology() {}

  /** Builds the topology. */
  public static Topology build(Wire wire, ServedSystems systems, VerifySettings settings) {
    VerifyProcessor.StoreNames stores =
        new VerifyProcessor.StoreNames(STATE_STORE, TRUTH_STORE, FORECAST_STORE);
    Topology topology = new Topology();
    wire.addSource(topology, FRAMES, Topic.FRAMES_ADMITTED, FieldFrame.class);
    wire.addSource(topology, FORECASTS, Topic.FORECASTS, Forecast.class);
    topology.addProcessor(
        HOLD, () -> new HoldTruth(systems, settings.forecastWait(), stores), FRAMES);
    topology.addProcessor(COLLECT, () -> new CollectForecasts(systems, stores), FORECASTS);
    topology.addStateStore(RecordStore.declare(STATE_STORE), HOLD, COLLECT);
    topology.addStateStore(RecordStore.declare(TRUTH_STORE), HOLD, COLLECT);
    topology.addStateStore(RecordStore.declare(FORECAST_STORE), HOLD, COLLECT);
    wire.addSink(topology, SCORES, Topic.SCORES, ForecastScore.class, HOLD, COLLECT);
    return topology;
  }
}
