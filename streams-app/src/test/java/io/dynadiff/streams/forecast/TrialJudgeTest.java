package io.dynadiff.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.streams.state.TrialEvidence;
import org.junit.jupiter.api.Test;

class TrialJudgeTest {

  private final TrialJudge judge = new TrialJudge(new RollBackSettings(0.2, 4, 3));
  private TrialEvidence evidence;

  @Test
  void shouldCondemnWhenTheErrorsStayWorseLongEnough() {
    for (int frame = 1; frame <= 4; frame++) {
      assertThat(evidence != null && judge.condemns(evidence)).isFalse();
      observe(0.3, 0.2);
    }
    assertThat(judge.condemns(evidence)).isTrue();
  }

  @Test
  void shouldStartCountingAgainWhenTheRatioFallsBelowHalfTheMargin() {
    observe(0.26, 0.2);
    observe(0.26, 0.2);
    assertThat(evidence.getWorseFrames()).isEqualTo(2);
    observe(0.16, 0.2);
    assertThat(evidence.getWorseFrames()).as("ratio 1.13, between the limits").isEqualTo(2);
    observe(0.12, 0.2);
    assertThat(evidence.getWorseFrames()).as("ratio 1.0").isZero();
  }

  @Test
  void shouldCountADivergedForecastAsTheLargestErrorWhenItIsNotFinite() {
    for (int frame = 0; frame < 4; frame++) {
      observe(Double.NaN, 0.2);
    }
    assertThat(evidence.getErrorSum()).isEqualTo(4000);
    assertThat(judge.condemns(evidence)).isTrue();
    evidence = null;
    for (int frame = 0; frame < 4; frame++) {
      observe(Double.NaN, Double.NaN);
    }
    assertThat(judge.condemns(evidence)).as("the retired expert is no better").isFalse();
  }

  @Test
  void shouldBeginAnewWhenAnotherSwapIsOnTrial() {
    observe(0.3, 0.2);
    evidence =
        judge.observe(
            evidence,
            ForecasterUnderTest.score(9, ForecasterUnderTest.lead(3, 0.1, 2L, 0.1)),
            3,
            2);
    assertThat(evidence.getFrames()).isEqualTo(1);
    assertThat(TrialJudge.ratio(evidence)).isEqualTo(1);
  }

  private void observe(double error, double retiredError) {
    evidence =
        judge.observe(
            evidence,
            ForecasterUnderTest.score(1, ForecasterUnderTest.lead(2, error, 1L, retiredError)),
            2,
            1);
  }
}
