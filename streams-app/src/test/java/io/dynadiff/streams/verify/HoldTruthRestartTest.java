package io.dynadiff.streams.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.streams.Restarts;
import io.dynadiff.streams.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HoldTruthRestartTest {

  private final Restarts restarts = new Restarts("states", "truths", "forecasts");

  @Test
  void shouldScoreWhatWaitedWhenItRestarts() {
    Restarts.Life<String, FieldFrame, ForecastScore> before = restarts.begin(processor(), 0);
    before.process("e", Samples.frame("e", 0), 0);
    before.process("e", Samples.frame("e", 1), 0);
    assertThat(before.sent(null, ForecastScore.class)).hasSize(1);

    Restarts.Life<String, FieldFrame, ForecastScore> after = restarts.begin(processor(), 5_000);
    after.punctuate(9_999);
    assertThat(after.sent(null, ForecastScore.class)).isEmpty();
    after.punctuate(10_000);
    after.punctuate(20_000);
    assertThat(after.sent(null, ForecastScore.class))
        .extracting(ForecastScore::getSequence)
        .containsExactly(1L);
  }

  private static HoldTruth processor() {
    return new HoldTruth(
        Samples.systems(),
        Duration.ofSeconds(10),
        new VerifyProcessor.StoreNames("states", "truths", "forecasts"));
  }
}
