package io.dynadiff.physics.environments;

import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.Tile;
import io.dynadiff.physics.recorded.TileSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The tiles of the recorded ERA5 field over the British Isles, and the span of time that training
 * may use.
 *
 * <p>Seen and unseen tiles overlap in space; what holds them apart is time. Immutable and
 * thread-safe.
 *
 * @param system name of the system
 * @param variable name of the recorded variable
 * @param rows rows of the whole grid
 * @param columns columns of the whole grid
 * @param seen tiles that training may use, during the training span
 * @param unseen tiles that nobody trains on
 * @param trainingFrom first instant of the training span, inclusive
 * @param trainingTo end of the training span, exclusive
 */
public record Era5Environments(
    String system,
    String variable,
    int rows,
    int columns,
    List<Tile> seen,
    List<Tile> unseen,
    Instant trainingFrom,
    Instant trainingTo) {

  public Era5Environments {
    seen = List.copyOf(seen);
    unseen = List.copyOf(unseen);
    for (Tile tile : seen) {
      if (unseen.contains(tile)) {
        throw new IllegalArgumentException(
            "environments: tile " + tile.name() + " is both seen and unseen");
      }
    }
  }

  /** Reads the tiles of this project. */
  public static Era5Environments standard() {
    EnvironmentProperties p = new EnvironmentProperties("era5-uk.properties");
    int size = p.integer("tile");
    return new Era5Environments(
        p.text("system"),
        p.text("variable"),
        p.integer("rows"),
        p.integer("columns"),
        tiles(p.integers("seen-rows"), p.integers("seen-columns"), size),
        tiles(p.integers("unseen-rows"), p.integers("unseen-columns"), size),
        Instant.parse(p.text("training-from")),
        Instant.parse(p.text("training-to")));
  }

  /** A tile during the training span. */
  public TileSeries training(RecordedField field, Tile tile) {
    return new TileSeries(
        system, field, tile, trainingFrom.toEpochMilli(), trainingTo.toEpochMilli());
  }

  /** A tile after the training span, up to the end of the recording. */
  public TileSeries heldOut(RecordedField field, Tile tile) {
    return new TileSeries(system, field, tile, trainingTo.toEpochMilli(), Long.MAX_VALUE);
  }

  private static List<Tile> tiles(int[] rows, int[] columns, int size) {
    List<Tile> tiles = new ArrayList<>();
    for (int row : rows) {
      for (int column : columns) {
        tiles.add(new Tile(row, column, size, size));
      }
    }
    return tiles;
  }
}
