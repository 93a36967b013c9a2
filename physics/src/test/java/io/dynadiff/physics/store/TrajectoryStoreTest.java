package io.dynadiff.physics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Snapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrajectoryStoreTest {
  private static final FieldShape SHAPE = new FieldShape(2, 3, 5);

  @TempDir Path root;

  @BeforeEach
  void write() throws InterruptedException {
    new TrajectoryWriter(root, 1)
        .write(List.of(RampSeries.source("ramp/one", SHAPE, 10, 4, frame -> {})));
  }

  @Test
  void shouldHandOutWhatWasWritten() {
    RampSeries written = new RampSeries(SHAPE, 10, frame -> {});
    try (FieldSeries stored = TrajectoryStore.open(root).series("ramp/one")) {
      assertThat(stored.system()).isEqualTo("ramp");
      assertThat(stored.environmentId()).isEqualTo("ramp/one");
      assertThat(stored.shape()).isEqualTo(SHAPE);
      assertThat(stored.grid()).isEqualTo(written.grid());
      assertThat(stored.channels()).isEqualTo(written.channels());
      assertThat(stored.intervalMillis()).isEqualTo(RampSeries.INTERVAL);
      assertThat(stored.length()).isEqualTo(10);
      Iterator<Snapshot> expected = written.snapshots(0);
      Iterator<Snapshot> found = stored.snapshots(0);
      for (int frame = 0; frame < 10; frame++) {
        Snapshot snapshot = expected.next();
        assertThat(stored.conditions(frame)).isEqualTo(written.conditions(frame));
        Snapshot read = found.next();
        assertThat(read.eventTimeMillis()).isEqualTo(snapshot.eventTimeMillis());
        assertThat(read.values()).containsExactly(snapshot.values());
      }
      assertThat(found.hasNext()).isFalse();
      assertThatThrownBy(found::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void shouldKeepProvenanceAndChangesOfConditions() {
    TrajectoryMetadata metadata = TrajectoryStore.open(root).metadata("ramp/one");
    assertThat(metadata.provenance().solver()).isEqualTo("ramp");
    assertThat(metadata.provenance().solverVersion()).isEqualTo("1");
    assertThat(metadata.provenance().seed()).isEqualTo(OptionalLong.of(7));
    assertThat(metadata.provenance().settings()).containsEntry("step", "0.1");
    assertThat(metadata.conditions())
        .containsExactly(
            new ConditionSpan(0, List.of(new Condition("beta", 1.1, "1"))),
            new ConditionSpan(4, List.of(new Condition("beta", 1.4, "1"))));
  }

  @Test
  void shouldReadFramesInAnyOrder() {
    try (StoredSeries stored = TrajectoryStore.open(root).series("ramp/one")) {
      float[] values = new float[SHAPE.size()];
      for (long frame : new long[] {9, 0, 5, 4, 3, 8}) {
        stored.read(frame, values);
        assertThat(values[0]).isEqualTo(RampSeries.value(frame, 0));
        assertThat(values[29]).isEqualTo(RampSeries.value(frame, 29));
      }
      assertThat(stored.snapshots(7).next().values()[1]).isEqualTo(RampSeries.value(7, 1));
      assertThat(stored.snapshots(10).hasNext()).isFalse();
      assertThatThrownBy(() -> stored.read(10, values))
          .hasMessageContaining("from 0 to 9")
          .hasMessageContaining("found frame 10");
      assertThatThrownBy(() -> stored.read(0, new float[3])).hasMessageContaining("room for 3");
      assertThatThrownBy(() -> stored.snapshots(11)).hasMessageContaining("0 to 10, found 11");
    }
  }

  @Test
  void shouldLayChunksOutAsDocumented() throws Exception {
    byte[] bytes = Files.readAllBytes(root.resolve("ramp/one/chunk-000002.dtc"));
    ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes).hasSize(128 + 2 * 30 * 4).startsWith("DYNATRAJ".getBytes());
    assertThat(chunk.getInt(8)).as("version").isEqualTo(1);
    assertThat(chunk.getInt(12)).as("chunk").isEqualTo(2);
    assertThat(chunk.getLong(16)).as("first frame").isEqualTo(8);
    assertThat(chunk.getInt(24)).as("frames").isEqualTo(2);
    assertThat(chunk.getInt(28)).as("channels").isEqualTo(2);
    assertThat(chunk.getInt(32)).as("y").isEqualTo(3);
    assertThat(chunk.getInt(36)).as("x").isEqualTo(5);
    assertThat(chunk.getLong(40)).as("bytes of values").isEqualTo(240);
    int frame9 = 128 + 30 * 4;
    assertThat(chunk.getFloat(frame9 + (1 * 15 + 2 * 5 + 3) * 4))
        .as("frame 9, channel 1, y 2, x 3")
        .isEqualTo(RampSeries.value(9, 28));
  }

  @Test
  void shouldListTrajectories() throws InterruptedException {
    new TrajectoryWriter(root, 1)
        .write(List.of(RampSeries.source("another", SHAPE, 1, 4, frame -> {})));
    TrajectoryStore store = TrajectoryStore.open(root);
    assertThat(store.names()).containsExactly("another", "ramp/one");
    assertThat(store.missingChunks("another")).isZero();
  }

  @Test
  void shouldRefuseWhatIsNotThere() {
    assertThatThrownBy(() -> TrajectoryStore.open(root.resolve("nowhere")))
        .isInstanceOf(TrajectoryFormatException.class)
        .hasMessageContaining("nowhere: expected a directory");
    assertThatThrownBy(() -> TrajectoryStore.open(root).series("ramp/two"))
        .isInstanceOf(TrajectoryFormatException.class)
        .hasMessageContaining("found no file; check the name");
    for (String name : List.of("../ramp", "/ramp", "ramp/", "", "a/.b", "a b")) {
      assertThatThrownBy(() -> TrajectoryStore.open(root).series(name))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("found '" + name + "'");
    }
  }
}
