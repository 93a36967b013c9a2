package io.dynadiff.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Quantiles, fits and figures of measurements. */
class StatisticsTest {

  @Test
  void shouldTakeTheNearestRankWhenAskedForAQuantile() {
    Quantiles quantiles = Quantiles.of(List.of(5.0, 1.0, 3.0, 2.0, 4.0));
    assertThat(quantiles.at(0.5)).isEqualTo(3);
    assertThat(quantiles.at(0.2)).isEqualTo(1);
    assertThat(quantiles.at(0.21)).isEqualTo(2);
    assertThat(quantiles.at(0.99)).isEqualTo(5);
    assertThat(quantiles.lowest()).isEqualTo(1);
    assertThat(quantiles.highest()).isEqualTo(5);
  }

  @Test
  void shouldTakeTheMeanOfTheMiddleTwoWhenTheMedianIsOfAnEvenNumber() {
    assertThat(Quantiles.of(List.of(1.0, 2.0, 10.0, 20.0)).median()).isEqualTo(6);
    assertThat(Quantiles.of(List.of(1.0, 2.0, 10.0)).median()).isEqualTo(2);
  }

  @Test
  void shouldRefuseASampleWhenItSaysNothing() {
    assertThatThrownBy(() -> Quantiles.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found none");
    assertThatThrownBy(() -> Quantiles.of(List.of(1.0, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void shouldFindTheLineWhenPointsLieOnOne() {
    Line line = Line.fit(new double[] {1, 2, 5}, new double[] {5, 7, 13});
    assertThat(line.intercept()).isCloseTo(3, within(1e-12));
    assertThat(line.slope()).isCloseTo(2, within(1e-12));
    assertThat(line.rSquared()).isCloseTo(1, within(1e-12));
  }

  @Test
  void shouldSayThatALineExplainsNothingWhenPointsFollowNone() {
    Line line = Line.fit(new double[] {0, 1, 2, 3}, new double[] {1, -1, -1, 1});
    assertThat(line.slope()).isCloseTo(0, within(1e-12));
    assertThat(line.rSquared()).isCloseTo(0, within(1e-12));
  }

  @Test
  void shouldRefuseALineWhenAllPointsHaveTheSameX() {
    assertThatThrownBy(() -> Line.fit(new double[] {2, 2}, new double[] {1, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two different x");
  }

  @Test
  void shouldFindTheExponentWhenNumbersGrowByAPower() {
    double[] x = {16, 64, 256, 1024};
    Random random = new Random(1);
    double[] y =
        DoubleStream.of(x)
            .map(v -> 0.3 * Math.pow(v, 1.5) * (1 + 0.01 * random.nextGaussian()))
            .toArray();
    PowerLaw law = PowerLaw.fit(x, y);
    // A percent of noise over a factor of 64 moves the exponent by about 0.003.
    assertThat(law.exponent()).isCloseTo(1.5, within(0.02));
    assertThat(law.factor()).isCloseTo(0.3, within(0.03));
    assertThat(law.rSquared()).isGreaterThan(0.999);
  }

  @Test
  void shouldRefuseAPowerLawWhenANumberIsNotPositive() {
    assertThatThrownBy(() -> PowerLaw.fit(new double[] {1, 2}, new double[] {1, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
  }

  @Test
  void shouldNameMedianAndRangeWhenMeasurementsWereRepeated() {
    Figures figures = new Figures();
    figures.putSpread("step.ms", List.of(3.0, 1.0, 2.0));
    figures.putDurations("swap", List.of(10.0, 30.0, 20.0));
    assertThat(figures.byName())
        .containsEntry("step.ms", 2.0)
        .containsEntry("step.ms.lowest", 1.0)
        .containsEntry("step.ms.highest", 3.0)
        .containsEntry("swap.p50Ms", 20.0)
        .containsEntry("swap.p95Ms", 30.0)
        .containsEntry("swap.count", 3.0);
  }

  @Test
  void shouldRefuseAFigureWhenItIsThereOrNoNumber() {
    Figures figures = new Figures();
    figures.put("a", 1);
    assertThatThrownBy(() -> figures.put("a", 2)).hasMessageContaining("found twice");
    assertThatThrownBy(() -> figures.put("b", Double.NaN)).hasMessageContaining("found NaN");
  }
}
