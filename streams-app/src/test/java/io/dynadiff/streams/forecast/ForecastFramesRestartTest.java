package io.dynadiff.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.Restarts;
import io.dynadiff.streams.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ForecastFramesRestartTest {

  private final Restarts restarts =
      new Restarts("states", "frames", "experts", "trials", "spreads");
  private final List<Integer> batches = new ArrayList<>();
  private final AtomicLong pending = new AtomicLong();

  @Test
  void shouldForecastFromWhatWasPendingWhenItRestarts() {
    ForecastFrames first = processor(new HandedExperts());
    Restarts.Life<String, Object, Object> before = restarts.begin(first, 0);
    before.process("a", Samples.frame("a", 0), 10);
    before.process("a", Samples.frame("a", 1), 11);
    first.close();
    assertThat(pending).hasValue(0);

    Restarts.Life<String, Object, Object> after =
        restarts.begin(processor(new HandedExperts()), 100);
    assertThat(pending).hasValue(2);
    after.punctuate(100);
    assertThat(after.sent("forecasts", Forecast.class))
        .extracting(Forecast::getIssueSequence)
        .containsExactly(0L, 1L);
    after.punctuate(200);
    assertThat(after.sent("forecasts", Forecast.class)).hasSize(2);
  }

  @Test
  void shouldKeepItsChoiceWhenItRestartsAndTheWeightsAreGone() {
    HandedExperts experts = new HandedExperts();
    experts.hand("a", 3, 1f);
    ForecastFrames first = processor(experts);
    Restarts.Life<String, Object, Object> before = restarts.begin(first, 0);
    for (int sequence = 0; sequence < 3; sequence++) {
      before.process("a", Samples.frame("a", sequence), 0);
    }
    before.punctuate(50);
    first.close();

    // The topic holds only a later version that is no better.
    HandedExperts later = new HandedExperts();
    later.hand("a", 4, 9f);
    Restarts.Life<String, Object, Object> after = restarts.begin(processor(later), 100);
    after.process("a", Samples.frame("a", 3), 0);
    after.punctuate(100);
    Forecast forecast = after.sent("forecasts", Forecast.class).get(0);
    assertThat(forecast.getWeightsVersion()).isEqualTo(3);
    assertThat(TensorCodec.decode(forecast.getMean())).startsWith(4f);
    assertThat(forecast.getRetired().getWeightsVersion()).as("the trial goes on").isZero();
    assertThat(after.sent("adaptations", Adaptation.class))
        .extracting(Adaptation::getDecision)
        .containsExactly(Decision.KEPT_INCUMBENT);
  }

  @Test
  void shouldNotDecideAgainWhenItRestartsAndSeesTheSameRecords() {
    HandedExperts experts = new HandedExperts();
    experts.refuse("a", 7, 1L, "damaged");
    experts.hand("a", 2, 9f);
    ForecastFrames first = processor(experts);
    Restarts.Life<String, Object, Object> before = restarts.begin(first, 0);
    before.process("a", Samples.frame("a", 0), 0);
    before.process("a", Samples.frame("a", 1), 0);
    before.punctuate(50);
    assertThat(before.sent("adaptations", Adaptation.class))
        .extracting(Adaptation::getDecision)
        .containsExactly(Decision.REFUSED, Decision.KEPT_INCUMBENT);
    first.close();

    Restarts.Life<String, Object, Object> after = restarts.begin(processor(experts), 100);
    after.process("a", Samples.frame("a", 2), 0);
    after.punctuate(100);
    assertThat(after.sent("adaptations", Adaptation.class)).isEmpty();
  }

  @Test
  void shouldForgetWhatWasRolledBackWhenItsTaskIsRevived() {
    ForecastFrames processor = processor(new HandedExperts());
    restarts.begin(processor, 0).process("a", Samples.frame("a", 0), 10);
    processor.close();
    Restarts rolledBack = new Restarts("states", "frames", "experts", "trials", "spreads");
    Restarts.Life<String, Object, Object> revived = rolledBack.begin(processor, 100);
    revived.punctuate(100);
    assertThat(pending).hasValue(0);
    revived.process("a", Samples.frame("a", 0), 10);
    revived.punctuate(200);
    assertThat(revived.sent("forecasts", Forecast.class)).hasSize(1);
  }

  @Test
  void shouldCloseItsRolloutsWhenItCloses() {
    ForecastFrames processor = processor(new HandedExperts());
    restarts.begin(processor, 0);
    processor.close();
    assertThat(batches).as("one per system").containsExactly(-1, -1);
  }

  private ForecastFrames processor(HandedExperts experts) {
    return new ForecastFrames(
        Samples.systems(),
        new ForecastSettings(
            Duration.ofMillis(25),
            100,
            0,
            5,
            new RollBackSettings(0.1, 3, 2),
            EnsembleSettings.DEFAULT),
        system -> new StepRollouts(batches),
        experts,
        pending,
        new ForecastFrames.StoreNames("states", "frames", "experts", "trials", "spreads"),
        new ForecastFrames.Exits("forecasts", "adaptations"));
  }
}
