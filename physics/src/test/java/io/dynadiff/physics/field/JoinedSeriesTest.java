package io.dynadiff.physics.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JoinedSeriesTest {

  @Test
  void shouldStreamItsPartsAsOneFromAnyIndex() {
    FieldSeries joined = JoinedSeries.of(List.of(part(0, 10, 3), part(30, 10, 2), part(50, 10, 4)));
    assertThat(joined.length()).isEqualTo(9);
    for (int from = 0; from <= 9; from++) {
      List<Long> times = new ArrayList<>();
      Iterator<Snapshot> snapshots = joined.snapshots(from);
      snapshots.forEachRemaining(s -> times.add(s.eventTimeMillis()));
      assertThat(times)
          .containsExactlyElementsOf(LongStream.range(from, 9).map(i -> 10 * i).boxed().toList());
    }
    assertThat(joined.conditions(4).get(0).value()).isEqualTo(30);
    assertThatThrownBy(() -> joined.conditions(9)).hasMessageContaining("below 9");
    assertThatThrownBy(() -> joined.snapshots(10)).hasMessageContaining("0 to 9");
  }

  @Test
  void shouldRefusePartsThatDoNotMeet() {
    assertThatThrownBy(() -> JoinedSeries.of(List.of(part(0, 10, 3), part(40, 10, 2))))
        .hasMessageContaining("00:00:00.030Z")
        .hasMessageContaining("00:00:00.040Z");
    assertThatThrownBy(() -> JoinedSeries.of(List.of(part(0, 10, 3), part(20, 10, 2))))
        .hasMessageContaining("without overlap or gap");
    assertThatThrownBy(() -> JoinedSeries.of(List.of(part(0, 10, 3), part(30, 20, 2))))
        .hasMessageContaining("interval");
    assertThatThrownBy(() -> JoinedSeries.of(List.of())).hasMessageContaining("found none");
  }

  static FieldSeries part(long start, long interval, long length) {
    return new FieldSeries() {
      @Override
      public String system() {
        return "test";
      }

      @Override
      public String environmentId() {
        return "test/a";
      }

      @Override
      public FieldShape shape() {
        return new FieldShape(1, 1, 1);
      }

      @Override
      public Grid grid() {
        return new Grid(1, 1, 0, 0, 1, 1, "m", Coordinates.PLANE, false);
      }

      @Override
      public List<Channel> channels() {
        return List.of(new Channel("h", "m"));
      }

      @Override
      public long intervalMillis() {
        return interval;
      }

      @Override
      public long length() {
        return length;
      }

      @Override
      public List<Condition> conditions(long index) {
        return List.of(new Condition("start", start, "ms"));
      }

      @Override
      public Iterator<Snapshot> snapshots(long firstIndex) {
        return LongStream.range(firstIndex, length)
            .mapToObj(i -> new Snapshot(start + i * interval, new float[] {i}))
            .iterator();
      }

      @Override
      public void close() {}
    };
  }
}
