package io.dynadiff.physics.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.JoinedSeries;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.recorded.Tile;
import io.dynadiff.physics.recorded.TileSeries;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording goes into the store and comes out as one. */
class RecordedTrajectoryTest {
  private static final Path FILE = Path.of("..", "data", "era5-2mt-2019-03-uk-cds.nc");
  private static final Instant START = Instant.parse("2019-03-01T00:00:00Z");
  private static final long HALF = 24 * 3_600_000L;

  @TempDir Path root;

  @Test
  void shouldStoreARecordingAndJoinItAgain() throws InterruptedException {
    long start = START.toEpochMilli();
    try (RecordedFields fields = RecordedFields.open(FILE)) {
      Tile tile = new Tile(17, 16, 16, 16);
      TileSeries day = tile(fields, tile, start, start + HALF);
      TileSeries next = tile(fields, tile, start + HALF, start + 2 * HALF);
      new TrajectoryWriter(root, 1)
          .write(List.of(source("day-1", start, day), source("day-2", start + HALF, next)));

      TrajectoryStore store = TrajectoryStore.open(root);
      assertThat(store.metadata("day-1").provenance().seed()).isEmpty();
      try (FieldSeries stored =
          JoinedSeries.of(List.of(store.series("day-1"), store.series("day-2")))) {
        FieldSeries recorded = tile(fields, tile, start, start + 2 * HALF);
        assertThat(stored.length()).isEqualTo(48);
        assertThat(stored.channels()).isEqualTo(recorded.channels());
        assertThat(stored.grid()).isEqualTo(recorded.grid());
        assertThat(stored.conditions(30)).isEqualTo(recorded.conditions(30));
        Iterator<Snapshot> found = stored.snapshots(0);
        Iterator<Snapshot> expected = recorded.snapshots(0);
        for (int frame = 0; frame < 48; frame++) {
          Snapshot snapshot = expected.next();
          Snapshot read = found.next();
          assertThat(read.eventTimeMillis()).isEqualTo(snapshot.eventTimeMillis());
          assertThat(read.values()).containsExactly(snapshot.values());
        }
      }
    }
  }

  private static TileSeries tile(RecordedFields fields, Tile tile, long from, long to) {
    return new TileSeries("era5-uk", fields.variable("t2m"), tile, from, to);
  }

  private static TrajectorySource source(String name, long start, FieldSeries series) {
    Provenance era5 = new Provenance("ERA5", "2019-03", OptionalLong.empty(), Map.of());
    return new TrajectorySource(name, era5, start, OptionalInt.of(10), () -> series);
  }
}
