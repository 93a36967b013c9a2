package io.dynadiff.streams.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.streams.shift.ShiftDetector.Evidence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests' own arithmetic, against sums done by hand. */
class DetectorsTest {

  private static Evidence feed(ShiftDetector detector, double... excesses) {
    Evidence evidence = new Evidence(List.of(), 0, 1, 0);
    for (double excess : excesses) {
      evidence = detector.update(evidence.memory(), excess);
    }
    return evidence;
  }

  @Test
  void shouldSumWhatExceedsTheAllowanceWhenItIsCusum() {
    ShiftDetector cusum = new Cusum(new CusumSettings(0.5, 2));
    Evidence evidence = feed(cusum, 1, -3, 1, 1, 1.2);
    assertThat(evidence.statistic()).isCloseTo(0.5 + 0.5 + 0.7, within(1e-12));
    assertThat(evidence.run()).as("since the sum was 0").isEqualTo(3);
    assertThat(evidence.certain()).isFalse();
    assertThat(feed(cusum, 1, -3, 1, 1, 1.2, 0.9).certain()).isTrue();
  }

  @Test
  void shouldMeasureAgainstTheRunningMeanWhenItIsPageHinkley() {
    ShiftDetector pageHinkley = new PageHinkley(new PageHinkleySettings(0.1, 2, 0));
    // Means with a zero before them: 0, 0, 1/4, 2/5.
    Evidence evidence = feed(pageHinkley, 0, 0, 1, 1);
    assertThat(evidence.statistic()).isCloseTo(0.75 - 0.1 + 0.6 - 0.1, within(1e-12));
    assertThat(evidence.run()).isEqualTo(2);
  }

  @Test
  void shouldDateALargeChangeToItsBeginningWhenFaintEvidenceLingersAndItIsPageHinkley() {
    double[] excesses = new double[45];
    java.util.Arrays.fill(excesses, 5, 41, 0.2);
    java.util.Arrays.fill(excesses, 41, 45, 1.1);
    Evidence evidence = feed(new PageHinkley(new PageHinkleySettings(0.05, 2, 0.01)), excesses);
    assertThat(evidence.certain()).isTrue();
    assertThat(evidence.run()).isEqualTo(4);
  }

  @Test
  void shouldLearnADriftWhenItIsPageHinkley() {
    double[] drift = new double[400];
    for (int i = 0; i < drift.length; i++) {
      drift[i] = 0.002 * i;
    }
    assertThat(feed(new PageHinkley(new PageHinkleySettings(0.25, 2, 0.05)), drift).certain())
        .isFalse();
    assertThat(feed(new Cusum(new CusumSettings(0.25, 2)), drift).certain()).isTrue();
  }

  @Test
  void shouldCompareWithItsBoundWhenItIsAdwin() {
    ShiftDetector adwin = new Adwin(new AdwinSettings(0.1, 2, 64));
    Evidence evidence = feed(adwin, 0, 0, 0, 0, 1, 1);
    // 4 | 2: rise 1, m = 4/3, variance 2/9, l = ln(2 ln 6 / 0.1).
    double odds = Math.log(2 * Math.log(6) / 0.1);
    assertThat(evidence.statistic()).isCloseTo(1, within(1e-12));
    assertThat(evidence.threshold())
        .isCloseTo(Math.sqrt(1.5 * 2 / 9 * odds) + 0.5 * odds, within(1e-12));
    assertThat(evidence.certain()).isFalse();
  }

  @Test
  void shouldForgetTheOlderPartWhenErrorsFallAndItIsAdwin() {
    double[] fall = new double[60];
    java.util.Arrays.fill(fall, 0, 30, 1);
    Evidence evidence = feed(new Adwin(new AdwinSettings(0.1, 2, 64)), fall);
    assertThat(evidence.certain()).isFalse();
    assertThat(evidence.memory()).hasSizeLessThan(40).doesNotContain(1.0);
  }

  @Test
  void shouldRefuseWhenSettingsAreImpossible() {
    assertThatThrownBy(() -> new CusumSettings(0.5, 0)).hasMessageContaining("threshold > 0");
    assertThatThrownBy(() -> new PageHinkleySettings(0.5, 1, 2))
        .hasMessageContaining("forgetting in 0..1");
    assertThatThrownBy(() -> new AdwinSettings(0.5, 3, 5))
        .hasMessageContaining("longestWindow of two smallestPart");
    assertThatThrownBy(() -> new MonitorSettings(0, 1, 0, 0, 0))
        .hasMessageContaining("largestExcess > 0");
  }
}
