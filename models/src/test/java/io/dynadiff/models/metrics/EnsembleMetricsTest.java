package io.dynadiff.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnsembleMetricsTest {

  private static final FieldShape SHAPE = new FieldShape(2, 3, 4);
  private static final FieldNormalisation NORMALISATION =
      new FieldNormalisation(new double[] {5, -1}, new double[] {2, 0.5});

  @Test
  void shouldEqualTheDefinitionWhenEveryPairIsSummed() {
    Random random = new Random(11);
    for (int members = 2; members <= 7; members++) {
      List<float[]> fields = new ArrayList<>();
      for (int m = 0; m < members; m++) {
        fields.add(noise(random));
      }
      float[] truth = noise(random);
      // Sums of the same float64 numbers in another order.
      assertThat(EnsembleMetrics.fairCrps(SHAPE, NORMALISATION, fields, truth))
          .isCloseTo(definition(fields, truth), within(1e-12));
    }
  }

  @Test
  void shouldEqualTheClosedFormOnAverageWhenMembersAreNormal() {
    // CRPS of N(0, 1) at y is y (2 Phi(y) - 1) + 2 phi(y) - 1 / sqrt(pi), Gneiting et al. 2005.
    double atZero = 2 / Math.sqrt(2 * Math.PI) - 1 / Math.sqrt(Math.PI);
    double phiOfOne = Math.exp(-0.5) / Math.sqrt(2 * Math.PI);
    double atOne = 2 * 0.8413447460685429 - 1 + 2 * phiOfOne - 1 / Math.sqrt(Math.PI);
    // 4 standard errors: the score of two members has a standard deviation below 0.6.
    int draws = 200_000;
    double tolerance = 4 * 0.6 / Math.sqrt(draws);
    for (int members : new int[] {2, 5}) {
      assertThat(meanOverDraws(members, 0, draws)).isCloseTo(atZero, within(tolerance));
      assertThat(meanOverDraws(members, 1, draws)).isCloseTo(atOne, within(tolerance));
    }
  }

  @Test
  void shouldBeHalfTheDistanceToTheNearerWhenTwoMembersLieOnOneSide() {
    // |x1 - y| / 2 + |x2 - y| / 2 - |x1 - x2| / 2 is the distance to the nearer one, or 0 between.
    assertThat(EnsembleMetrics.fairCrps(new double[] {3, 1}, 0)).isCloseTo(1, within(1e-15));
    assertThat(EnsembleMetrics.fairCrps(new double[] {3, -1}, 0)).isCloseTo(0, within(1e-15));
  }

  @Test
  void shouldRefuseWhenThereIsOneMember() {
    assertThatThrownBy(
            () ->
                EnsembleMetrics.fairCrps(
                    SHAPE,
                    NORMALISATION,
                    List.of(new float[SHAPE.size()]),
                    new float[SHAPE.size()]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2 members, found 1");
  }

  @Test
  void shouldMeasureSpreadInNormalisedUnits() {
    float[] spread = new float[SHAPE.size()];
    java.util.Arrays.fill(spread, 0, SHAPE.points(), 2f);
    java.util.Arrays.fill(spread, SHAPE.points(), SHAPE.size(), 0.5f);
    assertThat(EnsembleMetrics.normalisedSpread(SHAPE, NORMALISATION, spread))
        .isCloseTo(1, within(1e-7));
  }

  @Test
  void shouldHaveARatioOfOneOnAverageWhenMembersAndTruthAreDrawnAlike() {
    Random random = new Random(3);
    int members = 4;
    int draws = 100_000;
    double errorSquare = 0;
    double variance = 0;
    for (int draw = 0; draw < draws; draw++) {
      double[] x = random.doubles(members, 0, 1).toArray();
      double mean = java.util.Arrays.stream(x).average().orElseThrow();
      double error = random.nextDouble() - mean;
      errorSquare += error * error;
      variance += java.util.Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / 3;
    }
    // Relative standard error of either mean square is below 0.4 %.
    assertThat(
            EnsembleMetrics.spreadSkill(
                members, Math.sqrt(variance / draws), Math.sqrt(errorSquare / draws)))
        .isCloseTo(1, within(0.01));
  }

  private static double meanOverDraws(int members, double truth, int draws) {
    Random random = new Random(members);
    double sum = 0;
    for (int draw = 0; draw < draws; draw++) {
      double[] x = new double[members];
      for (int m = 0; m < members; m++) {
        x[m] = random.nextGaussian();
      }
      sum += EnsembleMetrics.fairCrps(x, truth);
    }
    return sum / draws;
  }

  private static double definition(List<float[]> members, float[] truth) {
    int count = members.size();
    double total = 0;
    for (int i = 0; i < truth.length; i++) {
      double score = 0;
      for (float[] a : members) {
        score += Math.abs((double) a[i] - truth[i]) / count;
        for (float[] b : members) {
          score -= Math.abs((double) a[i] - b[i]) / (2.0 * count * (count - 1));
        }
      }
      total += score / NORMALISATION.scales()[i / SHAPE.points()];
    }
    return total / truth.length;
  }

  private static float[] noise(Random random) {
    float[] values = new float[SHAPE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
