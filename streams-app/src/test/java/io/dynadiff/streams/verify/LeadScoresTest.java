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

  @Test
  void shouldScoreTheStatedMembersWhenTheForecastIsAnEnsemble() {
    ForecastSlice slice = ensemble(2, 4, 6);
    // At factor 0.5 about the mean 4 the members are 3, 4, 5; truth 7.
    slice.setSpreadFactor(0.5);
    slice.setSpread(FloatBytes.write(field(1)));
    LeadScore score = new LeadScores(Samples.system(), field(7)).of(slice, null);
    assertThat(score.getNormalisedRmse()).isCloseTo(3, within(1e-9));
    // (4 + 3 + 2) / 3 - (1 + 1 + 2) / 6
    assertThat(score.getCrps()).isCloseTo(3 - 4.0 / 6, within(1e-9));
    assertThat(score.getSpread()).isCloseTo(1, within(1e-9));
    assertThat(score.getSpreadFactor()).isEqualTo(0.5);
    assertThat(score.getSpreadSkill()).isCloseTo(Math.sqrt(4.0 / 3) / 3, within(1e-9));
    assertThat(score.getBias()).allSatisfy(b -> assertThat(b).isCloseTo(-3, within(1e-9)));
  }

  @Test
  void shouldHaveNoCrpsWhenTheMembersDidNotTravel() {
    ForecastSlice slice = ensemble(2, 4, 6);
    slice.setMemberFields(null);
    LeadScore score = new LeadScores(Samples.system(), field(4)).of(slice, null);
    assertThat(score.getCrps()).isNaN();
    assertThat(score.getSpreadSkill()).as("there is no error to relate it to").isNull();
    assertThat(score.getSpread()).isCloseTo(2, within(1e-9));
  }

  @Test
  void shouldHaveNoSpreadWhenThereIsOneMember() {
    LeadScore score = score(2, 1, null);
    assertThat(score.getSpread()).isNull();
    assertThat(score.getSpreadFactor()).isNull();
    assertThat(score.getSpreadSkill()).isNull();
    assertThat(score.getCrps()).as("the absolute error").isCloseTo(1, within(1e-9));
  }

  /** Members of one value each, mean 4 and standard deviation 2. */
  private static ForecastSlice ensemble(float... members) {
    int size = Samples.SHAPE.size();
    float[] all = new float[members.length * size];
    for (int m = 0; m < members.length; m++) {
      Arrays.fill(all, m * size, (m + 1) * size, members[m]);
    }
    return ForecastSlice.newBuilder()
        .setIssueSequence(0)
        .setValidTime(200)
        .setLeadSteps(1)
        .setWeightsVersion(1)
        .setMembers(members.length)
        .setMean(FloatBytes.write(field(4)))
        .setSpread(FloatBytes.write(field(2)))
        .setSpreadFactor(1)
        .setMemberFields(FloatBytes.write(all))
        .build();
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
    return new LeadScores(Samples.system(), field(truth)).of(slice, issued);
  }

  private static float[] field(float value) {
    float[] values = new float[Samples.SHAPE.size()];
    Arrays.fill(values, value);
    return values;
  }
}
