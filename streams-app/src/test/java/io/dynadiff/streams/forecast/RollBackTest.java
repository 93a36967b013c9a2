package io.dynadiff.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ControlAction;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.Restarts;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.weights.WeightsId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollBackTest {

  @TempDir private Path stateDirectory;
  private ForecasterUnderTest forecaster;

  @BeforeEach
  void start() {
    forecaster = new ForecasterUnderTest(stateDirectory);
  }

  @AfterEach
  void stop() {
    forecaster.close();
  }

  @Test
  void shouldGoBackToTheRetiredExpertWhenTheNewOneRealisesWorse() {
    swapTwice();
    for (int frame = 0; frame < 3; frame++) {
      forecaster.score(2, 0.4, 1L, 0.2);
    }
    List<Forecast> forecasts = forecaster.frames(1);
    assertThat(forecasts.get(0).getWeightsVersion()).isEqualTo(1);
    assertThat(forecasts.get(0).getWeightsId()).isEqualTo(WeightsId.of(Samples.weights(0.9f)));
    assertThat(forecasts.get(0).getRetired()).isNull();
    assertThat(TensorCodec.decode(forecasts.get(0).getMean())).startsWith(5.9f);
    Adaptation decision = forecaster.decisions().get(0);
    assertThat(decision.getDecision()).isEqualTo(Decision.ROLLED_BACK);
    assertThat(decision.getWeightsVersion()).isEqualTo(2);
    assertThat(decision.getNumbers())
        .containsEntry("error", (0.4 + 0.4 + 0.4) / 3)
        .containsEntry("retiredError", (0.2 + 0.2 + 0.2) / 3)
        .containsEntry("frames", 3.0)
        .containsEntry("restoredVersion", 1.0)
        .containsKeys("ratio", "margin");
    assertThat(decision.getReason()).contains("of version 1 on the same frames");
  }

  @Test
  void shouldGoBackToTheBaseExpertWhenTheFirstWeightsRealiseWorse() {
    forecaster.frames(3);
    forecaster.experts.hand("a", 1, 1f);
    forecaster.frames(1);
    for (int frame = 0; frame < 3; frame++) {
      forecaster.score(1, Double.NaN, 0L, 0.2);
    }
    Forecast forecast = forecaster.frames(1).get(0);
    assertThat(forecast.getWeightsVersion()).isZero();
    assertThat(forecast.getWeightsId()).isEqualTo(WeightsId.of(Samples.system().baseWeights()));
    assertThat(forecaster.named()).containsExactly("ACCEPTED 1", "ROLLED_BACK 1");
  }

  @Test
  void shouldKeepTheNewExpertWhenItRealisesNoWorse() {
    swapTwice();
    for (int frame = 0; frame < 8; frame++) {
      forecaster.score(2, 0.21, 1L, 0.2);
    }
    assertThat(forecaster.frames(1).get(0).getWeightsVersion()).isEqualTo(2);
    assertThat(forecaster.decisions()).isEmpty();
  }

  @Test
  void shouldWaitWhenTooFewFramesAreScored() {
    swapTwice();
    forecaster.score(2, 0.4, 1L, 0.2);
    forecaster.score(2, 0.4, 1L, 0.2);
    assertThat(forecaster.frames(1).get(0).getWeightsVersion()).isEqualTo(2);
  }

  @Test
  void shouldLearnNothingWhenScoresAreOfOtherVersions() {
    swapTwice();
    for (int frame = 0; frame < 8; frame++) {
      forecaster.score(1, 0.9, 0L, 0.2);
      forecaster.score(2, 0.9, null, null);
    }
    assertThat(forecaster.frames(1).get(0).getWeightsVersion()).isEqualTo(2);
  }

  @Test
  void shouldLearnNothingWhenTheSensorIsFrozen() {
    swapTwice();
    for (int frame = 0; frame < 8; frame++) {
      LeadScore lead = ForecasterUnderTest.lead(2, 0.9, 1L, 0.2);
      lead.setPersistenceNormalisedRmse(0);
      forecaster.send(ForecasterUnderTest.score(frame, lead));
    }
    assertThat(forecaster.frames(1).get(0).getWeightsVersion()).isEqualTo(2);
    assertThat(forecaster.decisions()).isEmpty();
  }

  @Test
  void shouldNeverTakeAVersionAgainWhenItWasRolledBack() {
    swapTwice();
    for (int frame = 0; frame < 3; frame++) {
      forecaster.score(2, 0.4, 1L, 0.2);
    }
    forecaster.frames(1);
    forecaster.decisions();
    // The weights topic still holds it, and it still looks best on the latest window.
    forecaster.experts.hand("a", 2, 1f);
    assertThat(forecaster.frames(2)).extracting(Forecast::getWeightsVersion).containsOnly(1L);
    forecaster.order(ControlAction.PIN, 2L);
    assertThat(forecaster.frames(1)).extracting(Forecast::getWeightsVersion).containsOnly(1L);
    assertThat(forecaster.decisions())
        .extracting(d -> d.getDecision() + ": " + d.getReason())
        .containsExactly(
            "REFUSED: order order-1 to PIN: version 2 was rolled back and is not taken again");
    forecaster.experts.hand("a", 3, 1f);
    assertThat(forecaster.frames(1).get(0).getWeightsVersion()).as("a later one is").isEqualTo(3);
  }

  @Test
  void shouldRollBackOnceWhenItIsKilledAtAnyPoint() {
    Restarts restarts = new Restarts("states", "frames", "experts", "trials", "spreads");
    HandedExperts experts = new HandedExperts();
    experts.hand("a", 1, 1f);
    ForecastFrames first = processor(experts);
    Restarts.Life<String, Object, Object> before = restarts.begin(first, 0);
    for (int sequence = 0; sequence < 3; sequence++) {
      before.process("a", Samples.frame("a", sequence), 0);
    }
    before.punctuate(50);
    for (int frame = 0; frame < 2; frame++) {
      before.process("a", badScore(), 0);
    }
    first.close();

    ForecastFrames second = processor(experts);
    Restarts.Life<String, Object, Object> between = restarts.begin(second, 100);
    between.process("a", badScore(), 0);
    second.close();

    ForecastFrames third = processor(experts);
    Restarts.Life<String, Object, Object> after = restarts.begin(third, 200);
    after.process("a", Samples.frame("a", 3), 0);
    after.punctuate(250);
    assertThat(after.sent("adaptations", Adaptation.class))
        .extracting(Adaptation::getDecision)
        .containsExactly(Decision.ROLLED_BACK);
    assertThat(after.sent("forecasts", Forecast.class).get(0).getWeightsVersion()).isZero();
    third.close();

    Restarts.Life<String, Object, Object> last = restarts.begin(processor(experts), 300);
    last.process("a", Samples.frame("a", 4), 0);
    last.punctuate(350);
    assertThat(last.sent("adaptations", Adaptation.class)).isEmpty();
    assertThat(last.sent("forecasts", Forecast.class).get(0).getWeightsVersion()).isZero();
  }

  private static Object badScore() {
    return ForecasterUnderTest.score(3, ForecasterUnderTest.lead(1, 0.4, 0L, 0.2));
  }

  private static ForecastFrames processor(HandedExperts experts) {
    return new ForecastFrames(
        Samples.systems(),
        ForecasterUnderTest.SETTINGS,
        system -> new StepRollouts(new ArrayList<>()),
        experts,
        new AtomicLong(),
        new ForecastFrames.StoreNames("states", "frames", "experts", "trials", "spreads"),
        new ForecastFrames.Exits("forecasts", "adaptations"));
  }

  /** Version 1 replaces the base expert, version 2 replaces version 1. */
  private void swapTwice() {
    forecaster.frames(3);
    forecaster.experts.hand("a", 1, 0.9f);
    forecaster.frames(1);
    forecaster.experts.hand("a", 2, 1f);
    assertThat(forecaster.frames(1).get(0).getWeightsVersion()).isEqualTo(2);
    assertThat(forecaster.named()).containsExactly("ACCEPTED 1", "ACCEPTED 2");
  }
}
