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
 * <p>The last tenth of the training span validates; every tile is tested on the time after that
 * span, which no training touches. A window is the frames up to the start of its forecast.
 */
final class Era5Data {

  private static final double VALIDATION_SHARE = 0.1;

  private static final int FIRST_START = 9;
  // No divisor of a day, so that starts meet every time of day.
  private static final int HOURS_BETWEEN_STARTS = 31;

  private Era5Data() {}

  /**
   * Reads the recording.
   *
   * @param horizon steps of a scored rollout
   */
  static SystemData read(Path file, int horizon) {
    Era5Environments environments = Era5Environments.standard();
    try (RecordedFields recording = RecordedFields.open(file)) {
      RecordedField field = recording.variable(environments.variable());
      List<TileSeries> seenSeries =
          environments.seen().stream().map(tile -> environments.training(field, tile)).toList();
      FieldShape shape = seenSeries.get(0).shape();
      long interval = seenSeries.get(0).intervalMillis();
      int kept = (int) ((1 - VALIDATION_SHARE) * seenSeries.get(0).length());
      ChannelScaling scaling = ChannelScaling.perChannel(shape);
      seenSeries.forEach(s -> values(s).subList(0, kept).forEach(scaling::add));
      FieldNormalisation normalisation = scaling.normalisation();
      List<EnvironmentData> seen =
          environments.seen().stream()
              .map(tile -> environment(environments, field, tile, normalisation, kept, horizon))
              .toList();
      List<EnvironmentData> unseen =
          environments.unseen().stream()
              .map(tile -> environment(environments, field, tile, normalisation, kept, horizon))
              .toList();
      return new SystemData(
          environments.system(),
          shape,
          interval,
          horizon,
          normalisation,
          SystemData.conditions(
              List.of("latitude", "longitude"),
              List.of("degrees_north", "degrees_east"),
              new double[2],
              seen.stream().map(EnvironmentData::conditions).toList()),
          seen,
          unseen,
          Symmetries.none());
    }
  }

  private static EnvironmentData environment(
      Era5Environments environments,
      RecordedField field,
      Tile tile,
      FieldNormalisation normalisation,
      int kept,
      int horizon) {
    TileSeries series = environments.training(field, tile);
    Trajectory early = trajectory(series, normalisation);
    Trajectory late = trajectory(environments.heldOut(field, tile), normalisation);
    List<AdaptationCase> cases = new ArrayList<>();
    for (int start = FIRST_START; start + horizon < late.length(); start += HOURS_BETWEEN_STARTS) {
      cases.add(new AdaptationCase(late, start, List.of(new RolloutCase(late, start))));
    }
    return new EnvironmentData(
        series.environmentId(),
        centre(series),
        List.of(early.part(0, kept)),
        List.of(early.part(kept, early.length())),
        List.of(late),
        cases);
  }

  private static Trajectory trajectory(TileSeries series, FieldNormalisation normalisation) {
    return Trajectory.of(
        series.shape(), values(series), normalisation, start(series), series.intervalMillis());
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
