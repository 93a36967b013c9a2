package io.dynadiff.physics.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StackedSeriesTest {

  @Test
  void shouldGiveTheChannelsOfAllLayersInOneFrame() {
    FieldSeries stacked =
        StackedSeries.of(
            List.of(
                layer("u.nc", JoinedSeriesTest.part(0, 10, 5)),
                layer(
                    "v-1.nc, v-2.nc",
                    JoinedSeries.of(
                        List.of(
                            JoinedSeriesTest.part(0, 10, 3), JoinedSeriesTest.part(30, 10, 2))))));
    assertThat(stacked.shape()).isEqualTo(new FieldShape(2, 1, 1));
    assertThat(stacked.channels()).hasSize(2);
    assertThat(stacked.length()).isEqualTo(5);
    Snapshot fourth = stacked.snapshots(3).next();
    assertThat(fourth.eventTimeMillis()).isEqualTo(30);
    assertThat(fourth.values()).containsExactly(3, 0);
    assertThat(stacked.snapshots(5)).isExhausted();
  }

  @Test
  void shouldNameBothSourcesWhenTheirTimesDiffer() {
    assertThatThrownBy(
            () ->
                StackedSeries.of(
                    List.of(
                        layer("u.nc", JoinedSeriesTest.part(0, 10, 5)),
                        layer("v.nc", JoinedSeriesTest.part(10, 10, 5)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "v.nc: expected the times of u.nc, 5 every 10 ms from 1970-01-01T00:00:00Z, found 5"
                + " every 10 ms from 1970-01-01T00:00:00.010Z");
    assertThatThrownBy(() -> StackedSeries.of(List.of())).hasMessageContaining("found none");
  }

  @Test
  void shouldCutASpanOutOfASeries() {
    FieldSeries whole = JoinedSeriesTest.part(100, 10, 5);
    FieldSeries span = SeriesSpan.of(whole, 111, 140);
    assertThat(span.length()).isEqualTo(2);
    assertThat(span.snapshots(0).next().eventTimeMillis()).isEqualTo(120);
    assertThat(span.snapshots(1).next().values()).containsExactly(3);
    assertThat(span.snapshots(2)).isExhausted();
    assertThat(SeriesSpan.of(whole, Long.MIN_VALUE, Long.MAX_VALUE)).isSameAs(whole);
    assertThatThrownBy(() -> SeriesSpan.of(whole, 141, 1000))
        .hasMessageContaining("found none; it covers 1970-01-01T00:00:00.100Z");
  }

  private static StackedSeries.Layer layer(String source, FieldSeries series) {
    return new StackedSeries.Layer(source, series);
  }
}
