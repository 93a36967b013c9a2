package io.dynadiff.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleForecastTest {

  @TempDir private Path stateDirectory;
  private ForecasterUnderTest forecaster;

  @BeforeEach
  void start() {
    forecaster = new ForecasterUnderTest(stateDirectory);
    forecaster.frames(3);
  }

  @AfterEach
  void stop() {
    forecaster.close();
  }

  @Test
  void shouldForecastMeanSpreadAndMembersWhenTheExpertIsAnEnsemble() {
    forecaster.experts.handMembers("a", 1, 1f, 0f, 2f);
    Forecast forecast = forecaster.frames(1).get(0);
    assertThat(forecast.getMembers()).isEqualTo(3);
    assertThat(TensorCodec.decode(forecast.getMean())).startsWith(4f).endsWith(5f);
    // Members 4, 3, 5 and then 5, 3, 7: standard deviations 1 and 2 with two degrees of freedom.
    assertThat(TensorCodec.decode(forecast.getSpread())).startsWith(1f).endsWith(2f);
    assertThat(forecast.getSpreadFactors()).containsExactly(1.0, 1.0);
    assertThat(forecast.getMemberFields().getShape()).containsExactly(3, 2, 2, 4, 4);
    assertThat(TensorCodec.decode(forecast.getMemberFields())).startsWith(4f).endsWith(7f);
    assertThat(forecast.getRetired().getWeightsVersion()).isZero();
  }

  @Test
  void shouldJudgeAnEnsembleByItsMeanWhenItIsAChallenger() {
    forecaster.experts.handMembers("a", 1, -1f, 3f);
    assertThat(forecaster.frames(1).get(0).getWeightsVersion()).isEqualTo(1);
    Adaptation accepted = forecaster.decisions().get(0);
    assertThat(accepted.getNumbers())
        .containsEntry("challengerScore", 0.0)
        .containsEntry("members", 2.0)
        .containsEntry("offeredMembers", 2.0);
  }

  @Test
  void shouldRunTheBestMembersOnlyWhenThereAreMoreThanTheLimit() {
    forecaster.experts.handMembers("a", 1, 1f, 1f, 1f, 9f, 9f);
    Forecast forecast = forecaster.frames(1).get(0);
    assertThat(forecast.getMembers()).isEqualTo(3);
    assertThat(TensorCodec.decode(forecast.getSpread())).containsOnly(0f);
    assertThat(forecaster.decisions().get(0).getNumbers())
        .containsEntry("members", 3.0)
        .containsEntry("offeredMembers", 5.0);
  }

  @Test
  void shouldInflateTheSpreadWhenScoresSayThatItIsTooSmall() {
    forecaster.experts.handMembers("a", 1, 1f, 0f, 2f);
    forecaster.frames(1);
    for (int i = 0; i < 4; i++) {
      LeadScore lead = ForecasterUnderTest.lead(1, 0.6, null, null);
      lead.setSpread(0.2);
      lead.setSpreadFactor(1.0);
      lead.setSpreadSkill(1.0 / 3);
      forecaster.send(ForecasterUnderTest.score(4, lead));
    }
    Forecast forecast = forecaster.frames(1).get(0);
    assertThat(forecast.getSpreadFactors().get(0)).isCloseTo(3, within(1e-9));
    assertThat(forecast.getSpreadFactors().get(1)).as("nothing is known of lead 2").isEqualTo(1);
    List<Float> spread = boxed(TensorCodec.decode(forecast.getSpread()));
    assertThat(spread.get(0)).isCloseTo(3f, within(1e-5f));
    assertThat(TensorCodec.decode(forecast.getMemberFields()))
        .as("members stay as they were rolled out")
        .startsWith(5f);
  }

  private static List<Float> boxed(float[] values) {
    List<Float> list = new java.util.ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
