package io.dynadiff.trainer.data;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.recorded.Tile;
import io.dynadiff.physics.recorded.TileSeries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiles of the recorded ERA5 temperature as environments.
 *
 * <p>The last tenth of the training span validates the seen tiles; unseen tiles are tested on the
 * time after it, which no training touches.
 */
public final class Era5Data {

  private static final double VALIDATION_SHARE = 0.1;

  private Era5Data() {}

  /** Reads the recording. */
  public static SystemData read(Path file) {
    Era5Environments environments = Era5Environments.standard();
    try (RecordedFields recording = RecordedFields.open(file)) {
      RecordedField field = recording.variable(environments.variable());
      List<TileSeries> training = new ArrayList<>();
      for (Tile tile : environments.seen()) {
        training.add(environments.training(field, tile));
      }
      FieldShape shape = training.get(0).shape();
      long interval = training.get(0).intervalMillis();
      int kept = (int) ((1 - VALIDATION_SHARE) * training.get(0).length());
      List<List<float[]>> values = training.stream().map(Era5Data::values).toList();
      FieldNormalisation normalisation =
          SystemData.fit(shape, values.stream().flatMap(v -> v.subList(0, kept).stream()).toList());
      List<EnvironmentData> seen = new ArrayList<>();
      for (int i = 0; i < training.size(); i++) {
        TileSeries series = training.get(i);
        Trajectory whole =
            Trajectory.of(shape, values.get(i), normalisation, start(series), interval);
        seen.add(
            new EnvironmentData(
                series.environmentId(),
                centre(series),
                List.of(whole.part(0, kept)),
                List.of(whole.part(kept, whole.length()))));
      }
      List<EnvironmentData> unseen = new ArrayList<>();
      for (Tile tile : environments.unseen()) {
        TileSeries series = environments.heldOut(field, tile);
        unseen.add(
            new EnvironmentData(
                series.environmentId(),
                centre(series),
                List.of(),
                List.of(
                    Trajectory.of(shape, values(series), normalisation, start(series), interval))));
      }
      return new SystemData(
          environments.system(),
          shape,
          interval,
          normalisation,
          SystemData.conditions(
              List.of("latitude", "longitude"),
              List.of("degrees_north", "degrees_east"),
              seen.stream().map(EnvironmentData::conditions).toList()),
          seen,
          unseen,
          Symmetries.none());
    }
  }

  private static List<float[]> values(TileSeries series) {
    List<float[]> values = new ArrayList<>();
    series.snapshots(0).forEachRemaining(s -> values.add(s.values()));
    return values;
  }

  private static long start(TileSeries series) {
    return series.snapshots(0).next().eventTimeMillis();
  }

  private static double[] centre(TileSeries series) {
    return new double[] {series.grid().centreY(), series.grid().centreX()};
  }
}
