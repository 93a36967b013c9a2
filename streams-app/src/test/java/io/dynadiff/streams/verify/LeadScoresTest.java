package io.dynadiff.streams.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.state.FloatBytes;
import io.dynadiff.streams.state.ForecastSlice;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LeadScoresTest {

  @Test
  void shouldHaveNoSkillWhenPersistenceHasNoError() {
    assertThat(score(2, 1, field(1)).getSkill()).isZero();
    assertThat(score(1, 1, field(1)).getSkill()).isZero();
  }

  @Test
  void shouldHaveNoSkillWhenTheIssueFrameIsNotKnown() {
    LeadScore score = score(2, 1, null);
    assertThat(score.getSkill()).isZero();
    assertThat(score.getPersistenceNormalisedRmse()).isNaN();
  }

  @Test
  void shouldHaveSkillWhenTheForecastBeatsPersistence() {
    assertThat(score(1.25f, 1, field(2)).getSkill()).isCloseTo(0.75, within(1e-6));
    assertThat(score(3, 1, field(2)).getSkill()).isCloseTo(-1, within(1e-6));
  }

  private static LeadScore score(float forecast, float truth, float[] issued) {
    ForecastSlice slice =
        ForecastSlice.newBuilder()
            .setIssueSequence(0)
            .setValidTime(200)
            .setLeadSteps(1)
            .setWeightsVersion(0)
            .setMembers(1)
            .setMean(FloatBytes.write(field(forecast)))
            .build();
    return LeadScores.of(Samples.system(), slice, field(truth), issued);
  }

  private static float[] field(float value) {
    float[] values = new float[Samples.SHAPE.size()];
    Arrays.fill(values, value);
    return values;
  }
}
