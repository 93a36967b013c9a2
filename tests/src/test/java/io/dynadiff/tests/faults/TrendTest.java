package io.dynadiff.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

  private static final List<Double> HOURS =
      IntStream.range(0, 60).mapToObj(i -> i / 120.0).toList();

  @Test
  void shouldFindTheSlopeWhenSamplesLieOnALine() {
    Trend trend = trend(hour -> 100 + 8 * hour, 0);
    assertThat(trend.slope()).isCloseTo(8, within(1e-9));
    assertThat(trend.low()).isCloseTo(8, within(1e-6));
    assertThat(trend.flat(0.05)).isFalse();
    assertThat(trend.flat(0.10)).isTrue();
  }

  @Test
  void shouldHoldTheSlopeInItsIntervalWhenSamplesAreNoisy() {
    Trend trend = trend(hour -> 100 + 8 * hour, 2);
    assertThat(trend.low()).isLessThan(8);
    assertThat(trend.high()).isGreaterThan(8);
    assertThat(trend.high() - trend.low())
        .as("four standard errors: 2 / (0.144 sqrt(60)) each")
        .isCloseTo(4 * 2 / (0.144 * Math.sqrt(60)), within(2.0));
  }

  @Test
  void shouldBeSureOfNothingWhenNoiseHidesTheSlope() {
    Trend trend = trend(hour -> 100, 30);
    assertThat(trend.flat(0.05)).isTrue();
    assertThat(trend.surelyFlat(0.05)).isFalse();
  }

  private static Trend trend(DoubleUnaryOperator line, double noise) {
    Random random = new Random(4);
    return Trend.of(
        HOURS,
        HOURS.stream()
            .map(hour -> line.applyAsDouble(hour) + noise * random.nextGaussian())
            .toList());
  }
}
