package io.dynadiff.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.metrics.EnsembleMetrics;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.streams.state.SpreadEvidence;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpreadCalibrationTest {

  private static final int MEMBERS = 5;

  private final SpreadCalibration calibration =
      new SpreadCalibration(new EnsembleSettings(16, true, 0.01, 5));

  @Test
  void shouldBringTheRatioToOneWhenMembersAreThreeTimesTooClose() {
    Random random = new Random(5);
    SpreadEvidence evidence = null;
    double errorSquares = 0;
    double statedSquares = 0;
    for (int frame = 0; frame < 4000; frame++) {
      double factor = calibration.factors(evidence, 1)[0];
      // Truth has deviation 3, members have 1, about the same mean; 64 points a frame.
      double error = 0;
      double variance = 0;
      for (int p = 0; p < 64; p++) {
        double[] members = random.doubles(MEMBERS).map(u -> (u - 0.5) * Math.sqrt(12)).toArray();
        double mean = Arrays.stream(members).average().orElseThrow();
        error += Math.pow(3 * random.nextGaussian() - mean, 2) / 64;
        variance +=
            Arrays.stream(members).map(m -> (m - mean) * (m - mean)).sum() / (MEMBERS - 1) / 64;
      }
      double stated = factor * Math.sqrt(variance);
      double skill = EnsembleMetrics.spreadSkill(MEMBERS, stated, Math.sqrt(error));
      if (frame >= 1000) {
        errorSquares += error;
        statedSquares += Math.pow(skill * Math.sqrt(error), 2);
      }
      evidence =
          calibration.observe(evidence, frame(1, Math.sqrt(error), stated, factor, skill), 1);
    }
    assertThat(Math.sqrt(statedSquares / errorSquares)).isCloseTo(1, within(0.03));
  }

  @Test
  void shouldLearnFastAgainButNotFromNothingWhenTheVersionChanges() {
    SpreadEvidence evidence = null;
    for (int frame = 0; frame < 100; frame++) {
      evidence = calibration.observe(evidence, frame(1, 1, 0.5, 1, 0.5), 1);
    }
    assertThat(calibration.factors(evidence, 1)[0]).isCloseTo(2, within(1e-9));
    evidence = calibration.observe(evidence, frame(2, 1, 1, 1, 1), 2);
    // The first case of a new version counts a third: sqrt(1 / (2/3 * 1/4 + 1/3)).
    assertThat(calibration.factors(evidence, 1)[0]).isCloseTo(Math.sqrt(2), within(1e-9));
  }

  @Test
  void shouldLearnNothingWhenAScoreIsOfASingleMemberOrDiverged() {
    SpreadEvidence evidence =
        calibration.observe(
            null, ForecasterUnderTest.score(1, ForecasterUnderTest.lead(1, 1, null, null)), 1);
    assertThat(evidence).isNull();
    assertThat(calibration.observe(null, frame(1, Double.NaN, 1, 1, Double.NaN), 1)).isNull();
    assertThat(calibration.factors(null, 2)).containsExactly(1, 1);
  }

  private static io.dynadiff.schemas.avro.ForecastScore frame(
      long version, double error, double spread, double factor, double skill) {
    LeadScore lead = ForecasterUnderTest.lead(version, error, null, null);
    lead.setSpread(spread);
    lead.setSpreadFactor(factor);
    lead.setSpreadSkill(skill);
    return ForecasterUnderTest.score(1, lead);
  }
}
