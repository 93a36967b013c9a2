package io.dynadiff.physics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.FieldDescription;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames of 1 x 2 points every 1000 ms. */
class TrajectoryRecorderTest {
  private static final Provenance PROVENANCE =
      new Provenance("test", "1", OptionalLong.empty(), Map.of());

  @TempDir Path root;

  private record Form(String environmentId, List<Channel> channels, double condition)
      implements FieldDescription {

    static Form of(String environmentId) {
      return new Form(environmentId, List.of(new Channel("t", "K")), 1);
    }

    @Override
    public String system() {
      return "own";
    }

    @Override
    public FieldShape shape() {
      return new FieldShape(channels.size(), 1, 2);
    }

    @Override
    public Grid grid() {
      return new Grid(1, 2, 0, 0, -1, 1, "degrees", Coordinates.LATITUDE_LONGITUDE, false);
    }

    @Override
    public long intervalMillis() {
      return 1000;
    }

    @Override
    public List<Condition> conditions(long index) {
      return List.of(new Condition("c", condition, "1"));
    }
  }

  private static Snapshot frame(long seconds) {
    return new Snapshot(1000 * seconds, new float[] {seconds, -seconds});
  }

  @Test
  void shouldMakeATrajectoryOfEveryStretchWithoutAGap() throws Exception {
    try (TrajectoryRecorder recorder = new TrajectoryRecorder(root, PROVENANCE)) {
      for (long second : new long[] {1, 2, 3, 7, 8, 20}) {
        assertThat(recorder.add(Form.of("own/a"), frame(second))).isTrue();
        recorder.add(Form.of("own/b"), frame(second + (second > 6 ? 0 : 4)));
      }
      assertThat(recorder.add(Form.of("own/a"), frame(8))).isFalse();
      TrajectoryRecorder.Summary summary = recorder.finish();
      assertThat(summary.environments()).isEqualTo(2);
      assertThat(summary.frames()).isEqualTo(5 + 4);
      assertThat(summary.single()).isEqualTo(2);
      assertThat(summary.leftOut()).isEqualTo(1 + 1);
    }
    TrajectoryStore store = TrajectoryStore.open(root);
    assertThat(store.names())
        .containsExactly(
            "own/a/from-19700101T000001Z",
            "own/a/from-19700101T000007Z",
            "own/b/from-19700101T000005Z");
    try (StoredSeries series = store.series("own/a/from-19700101T000007Z")) {
      List<Snapshot> read = Stream.of(series.snapshots(1).next()).toList();
      assertThat(read.get(0).eventTimeMillis()).isEqualTo(8000);
      assertThat(read.get(0).values()).containsExactly(8, -8);
      assertThat(series.conditions(0)).containsExactly(new Condition("c", 1, "1"));
    }
  }

  @Test
  void shouldLeaveNothingElseBehindAndFindWhatIsThereWhenRunAgain() throws Exception {
    for (int run = 0; run < 2; run++) {
      try (TrajectoryRecorder recorder = new TrajectoryRecorder(root, PROVENANCE)) {
        recorder.add(Form.of("own/a"), frame(1));
        recorder.add(Form.of("own/a"), frame(2));
        assertThat(recorder.finish().trajectories()).isEqualTo(1);
      }
      assertThat(hidden()).isEmpty();
    }
  }

  private List<Path> hidden() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.filter(f -> f.getFileName().toString().startsWith(".recording")).toList();
    }
  }

  @Test
  void shouldRefuseWhatCannotFollow() {
    try (TrajectoryRecorder recorder = new TrajectoryRecorder(root, PROVENANCE)) {
      recorder.add(Form.of("own/a"), frame(1));
      Form other =
          new Form("own/a", List.of(new Channel("t", "K"), new Channel("coverage", "1")), 1);
      assertThatThrownBy(() -> recorder.add(other, new Snapshot(2000, new float[4])))
          .hasMessageContaining("own/a: expected the channels of its first frame")
          .hasMessageContaining("coverage");
      assertThatThrownBy(
              () -> recorder.add(Form.of("own/a"), new Snapshot(2000, new float[] {1, Float.NaN})))
          .hasMessageContaining("own/a at 1970-01-01T00:00:02Z")
          .hasMessageContaining("found NaN in channel t, row 0, column 1");
      assertThatThrownBy(() -> recorder.add(Form.of("own a"), frame(1)))
          .hasMessageContaining("expected letters, digits")
          .hasMessageContaining("own a");
    }
  }

  @Test
  void shouldKeepWhereConditionsChangeInsideAStretch() throws Exception {
    try (TrajectoryRecorder recorder = new TrajectoryRecorder(root, PROVENANCE)) {
      recorder.add(Form.of("own/a"), frame(1));
      recorder.add(new Form("own/a", List.of(new Channel("t", "K")), 2), frame(2));
      recorder.finish();
    }
    TrajectoryMetadata metadata =
        TrajectoryStore.open(root).metadata("own/a/from-19700101T000001Z");
    assertThat(metadata.conditions()).extracting(ConditionSpan::fromFrame).containsExactly(0L, 1L);
  }
}
