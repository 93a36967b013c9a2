package io.dynadiff.producers.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.producers.sensor.IntervalCollector.Interval;
import io.dynadiff.producers.sensor.IntervalCollector.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals of 100 ms, 10 ms of lateness, the present at 10 000. */
class IntervalCollectorTest {
  private final IntervalCollector collector =
      new IntervalCollector(100, 10, Long.MIN_VALUE, () -> 10_000);

  @ParameterizedTest
  @CsvSource({"1, 100", "100, 100", "101, 200", "0, 0", "-1, 0", "-100, -100"})
  void shouldPutAnInstantIntoTheIntervalThatEndsAtOrAfterIt(long time, long end) {
    collector.add(at("a", time, 1));
    assertThat(collector.closeAll().get(0).eventTimeMillis()).isEqualTo(end);
  }

  @Test
  void shouldCloseOnlyWhenTheLatenessHasPassed() {
    collector.add(at("a", 90, 1));
    collector.add(at("b", 110, 2));
    assertThat(collector.closed()).isEmpty();
    assertThat(collector.add(at("c", 95, 3))).isEqualTo(Outcome.TAKEN);
    collector.add(at("b", 111, 4));
    List<Interval> closed = collector.closed();
    assertThat(closed).hasSize(1);
    assertThat(closed.get(0).eventTimeMillis()).isEqualTo(100);
    assertThat(closed.get(0).observations())
        .extracting(Observation::station)
        .containsExactly("a", "c");
    assertThat(collector.add(at("d", 99, 5))).isEqualTo(Outcome.LATE);
    assertThat(collector.waiting()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheLatestOfAStationAndLetARepetitionCorrect() {
    assertThat(collector.add(at("a", 50, 1))).isEqualTo(Outcome.TAKEN);
    assertThat(collector.add(at("a", 20, 2))).isEqualTo(Outcome.TAKEN); // older, out of order
    assertThat(collector.add(at("a", 50, 3))).isEqualTo(Outcome.REPEATED);
    assertThat(collector.closeAll().get(0).observations()).containsExactly(at("a", 50, 3));
  }

  @Test
  void shouldPassOverEmptyIntervalsHoweverMany() {
    collector.add(at("a", 100, 1));
    collector.add(at("a", 9_900, 2));
    assertThat(collector.closed()).extracting(Interval::eventTimeMillis).containsExactly(100L);
    assertThat(collector.add(at("b", 5_000, 3))).isEqualTo(Outcome.LATE);
    assertThat(collector.closeAll()).extracting(Interval::eventTimeMillis).containsExactly(9_900L);
  }

  @Test
  void shouldNotLetAClockThatRunsAheadCloseTheIntervalsOfOthers() {
    collector.add(at("a", 50, 1));
    assertThat(collector.add(at("ahead", 10_011, 1))).isEqualTo(Outcome.FUTURE);
    assertThat(collector.closed()).isEmpty();
    assertThat(collector.add(at("b", 60, 1))).isEqualTo(Outcome.TAKEN);
    assertThat(collector.add(at("c", 10_010, 1))).isEqualTo(Outcome.TAKEN);
  }

  @Test
  void shouldLeaveOutWhatAnEarlierStartHasDealtWith() {
    IntervalCollector resumed = new IntervalCollector(100, 10, 300, () -> 10_000);
    assertThat(resumed.add(at("a", 300, 1))).isEqualTo(Outcome.BEFORE_START);
    assertThat(resumed.add(at("a", 301, 1))).isEqualTo(Outcome.TAKEN);
    assertThat(resumed.closeAll()).extracting(Interval::eventTimeMillis).containsExactly(400L);
  }

  private static Observation at(String station, long time, double value) {
    return new Observation(station, time, 50, 0, value);
  }
}
