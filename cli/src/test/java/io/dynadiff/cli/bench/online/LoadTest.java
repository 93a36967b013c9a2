package io.dynadiff.cli.bench.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a load is judged, and how the largest one is found. */
class LoadTest {

  private static List<LoadSample> samples(double rate, double forecastRate, double scoreRate) {
    return samples(30, rate, forecastRate, scoreRate);
  }

  private static List<LoadSample> samples(
      int held, double rate, double forecastRate, double scoreRate) {
    List<LoadSample> samples = new ArrayList<>();
    for (int half = 0; half < 2 * held; half++) {
      double seconds = half / 2.0;
      samples.add(
          new LoadSample(
              seconds,
              (long) (1000 + rate * seconds),
              (long) (950 + forecastRate * seconds),
              (long) (900 + scoreRate * seconds)));
    }
    return samples;
  }

  @Test
  void shouldBeSustainedWhenTheLagIsFlat() {
    LoadSample.Verdict verdict = LoadSample.judge(100, samples(100, 100, 100), 300, 20);
    assertThat(verdict.forecastLagGrowth()).isCloseTo(0, within(1e-3));
    assertThat(verdict.forecastLagFrames()).isCloseTo(50, within(1.0));
    assertThat(verdict.sustained()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"95, 95, 300, 20", "100, 95, 300, 20", "100, 100, 2500, 20", "100, 100, 300, 2500"})
  void shouldNotBeSustainedWhenSomethingFallsBehind(
      double forecastRate, double scoreRate, double p95Millis, double latenessMillis) {
    assertThat(
            LoadSample.judge(100, samples(100, forecastRate, scoreRate), p95Millis, latenessMillis)
                .sustained())
        .isFalse();
  }

  @Test
  void shouldNotBeSustainedWhenALagGrowsSlowlyForLong() {
    assertThat(LoadSample.judge(100, samples(30, 100, 99.5, 100), 300, 20).sustained()).isTrue();
    assertThat(LoadSample.judge(100, samples(600, 100, 99.5, 100), 300, 20).sustained()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 63, 64, 65, 100, 333, 500, 1000})
  void shouldFindTheLargestLevelWithinItsResolution(int capacity) throws Exception {
    List<Integer> tried = new ArrayList<>();
    int found =
        LevelSearch.largest(
            64,
            1024,
            0.1,
            level -> {
              tried.add(level);
              return level <= capacity;
            });
    assertThat(found).isLessThanOrEqualTo(capacity).isGreaterThan((int) (0.85 * capacity) - 2);
    assertThat(tried).doesNotHaveDuplicates().hasSizeLessThan(12);
  }

  @Test
  void shouldStopAtTheLargestWhenEverythingPasses() throws Exception {
    assertThat(LevelSearch.largest(64, 300, 0.1, level -> true)).isEqualTo(300);
  }

  @Test
  void shouldFindNothingWhenNothingPasses() throws Exception {
    assertThat(LevelSearch.largest(64, 1024, 0.1, level -> false)).isZero();
  }

  @Test
  void shouldLeaveOutTheStartWhenARateIsTaken() {
    ReadProgress progress = new ReadProgress();
    progress.note(0, 0, 0);
    progress.note(10_000_000_000L, 100, 1_000_000_000L);
    progress.note(11_000_000_000L, 600, 2_000_000_000L);
    progress.note(12_000_000_000L, 1100, 3_000_000_000L);
    assertThat(progress.rate(100, 1100)).isCloseTo(500, within(1e-9));
    assertThat(progress.processorMillis(100, 1100)).isCloseTo(2, within(1e-9));
  }

  @Test
  void shouldRefuseARateWhenEverythingWasReadAtOnce() {
    ReadProgress progress = new ReadProgress();
    progress.note(0, 0, 0);
    progress.note(1, 1000, 1);
    assertThatThrownBy(() -> progress.rate(100, 1000)).hasMessageContaining("both at once");
    assertThatThrownBy(() -> progress.rate(100, 2000)).hasMessageContaining("found fewer");
  }
}
