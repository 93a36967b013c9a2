package io.dynadiff.streams.forecast;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.systems.ServedSystems;
import io.dynadiff.streams.weights.IncomingExperts;
import io.dynadiff.streams.wire.Wire;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.Topology;

/**
 * The forecast role as a topology.
 *
 * <pre>
 *   frames.admitted --+
 *   scores -----------+-> forecast-frames --> forecasts
 *   controls ---------+         ^         \-> adaptations (ACCEPTED, KEPT_INCUMBENT, REFUSED,
 *                               |                          ROLLED_BACK, PINNED, RELEASED)
 *   weights -> inbox (read beside the topology)
 * </pre>
 */
public final class ForecastTopology {

  private static final String FRAMES = "frames-admitted";
  private static final String SCORES = "scores";
  private static final String CONTROLS = "controls";
  private static final String FORECAST = "forecast-frames";
  private static final String FORECASTS = "to-forecasts";
  private static final String ADAPTATIONS = "to-adaptations";

  static final String STATE_STORE = "forecaster";
  static final String FRAME_STORE = "forecast-frames";
  static final String EXPERT_STORE = "experts";
  static final String TRIAL_STORE = "trials";
  static final String SPREAD_STORE = "spreads";

  private ForecastTopology() {}

  /**
   * Builds the topology.
   *
   * @param incoming what has come in on the weights topic
   * @param pending counts the stored frames that no forecast has been issued from
   */
  public static Topology build(
      Wire wire,
      ServedSystems systems,
      ForecastSettings settings,
      Rollouts.Opener opener,
      IncomingExperts incoming,
      AtomicLong pending) {
    Topology topology = new Topology();
    wire.addSource(topology, FRAMES, Topic.FRAMES_ADMITTED, FieldFrame.class);
    wire.addSource(topology, SCORES, Topic.SCORES, ForecastScore.class);
    wire.addSource(topology, CONTROLS, Topic.CONTROLS, ControlCommand.class);
    topology.addProcessor(
        FORECAST,
        () ->
            new ForecastFrames(
                systems,
                settings,
                opener,
                incoming,
                pending,
                new ForecastFrames.StoreNames(
                    STATE_STORE, FRAME_STORE, EXPERT_STORE, TRIAL_STORE, SPREAD_STORE),
                new ForecastFrames.Exits(FORECASTS, ADAPTATIONS)),
        FRAMES,
        SCORES,
        CONTROLS);
    topology.addStateStore(RecordStore.declare(STATE_STORE), FORECAST);
    topology.addStateStore(RecordStore.declare(FRAME_STORE), FORECAST);
    topology.addStateStore(RecordStore.declare(EXPERT_STORE), FORECAST);
    topology.addStateStore(RecordStore.declare(TRIAL_STORE), FORECAST);
    topology.addStateStore(RecordStore.declare(SPREAD_STORE), FORECAST);
    wire.addSink(topology, FORECASTS, Topic.FORECASTS, Forecast.class, FORECAST);
    wire.addSink(topology, ADAPTATIONS, Topic.ADAPTATIONS, Adaptation.class, FORECAST);
    return topology;
  }
}
