package io.dynadiff.producers.sensor;

import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.store.Provenance;
import io.dynadiff.physics.store.TrajectoryRecorder;
import java.util.Map;
import java.util.OptionalLong;

/** Records frames for a trajectory store, where training finds them. */
final class StoreOutlet implements FrameOutlet {

  /** Another one whenever the same observations and settings give other frames. */
  private static final String GRIDDING_VERSION = "1";

  private final SensorSettings settings;
  private final TrajectoryRecorder recorder;
  private int pending;
  private long committed;

  StoreOutlet(SensorSettings settings, TrajectoryRecorder recorder) {
    this.settings = settings;
    this.recorder = recorder;
  }

  /** What the frames of some settings depend on besides the observations. */
  static Provenance provenance(SensorSettings settings) {
    return new Provenance(
        "io.dynadiff sensor",
        GRIDDING_VERSION,
        OptionalLong.empty(),
        Map.of(
            "gridding", settings.gridding().toString(),
            "radius-km", Double.toString(settings.radiusKm()),
            "min-coverage", Double.toString(settings.minimumCoverage()),
            "lateness-ms", Long.toString(settings.latenessMillis())));
  }

  @Override
  public void add(long sequence, Snapshot frame) {
    recorder.add(settings, frame);
    pending++;
  }

  @Override
  public int pending() {
    return pending;
  }

  @Override
  public void commit() {
    committed += pending;
    pending = 0;
  }

  @Override
  public long committed() {
    return committed;
  }
}
