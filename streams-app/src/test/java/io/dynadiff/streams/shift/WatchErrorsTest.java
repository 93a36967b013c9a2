package io.dynadiff.streams.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.schemas.avro.LeadScore;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchErrorsTest {

  private static final double USUAL_CHANGE = 0.2;

  private static double atUsualPace(double error, double change) {
    return WatchErrors.atUsualPace(
        LeadScore.newBuilder()
            .setLeadSteps(1)
            .setIssueSequence(1)
            .setWeightsVersion(1)
            .setRmse(List.of(error))
            .setNormalisedRmse(error)
            .setBias(List.of(0.0))
            .setSsim(1)
            .setCrps(error)
            .setPersistenceNormalisedRmse(change)
            .setSkill(0)
            .build(),
        USUAL_CHANGE);
  }

  @Test
  void shouldNotCareWhetherTheFieldMovesFasterThanUsual() {
    assertThat(atUsualPace(0.05, 0.2)).isCloseTo(0.05, within(1e-12));
    assertThat(atUsualPace(0.10, 0.4)).isCloseTo(0.05, within(1e-12));
    assertThat(atUsualPace(0.10, 0.2)).isCloseTo(0.10, within(1e-12));
  }

  @Test
  void shouldStayFiniteWhenTheFieldStandsStill() {
    assertThat(atUsualPace(0.001, 0)).isCloseTo(0.004, within(1e-12));
  }

  @Test
  void shouldTakeTheErrorAsItIsWhenTheIssueFrameIsNotKnown() {
    assertThat(atUsualPace(0.05, Double.NaN)).isEqualTo(0.05);
  }
}
