package io.dynadiff.cli.bench.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.PromptRequest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the time of a swap goes, as the topics tell it. */
class SwapTraceTest {

  private static PromptRequest request() {
    PromptRequest request = new PromptRequest();
    request.setEnvironmentId("a");
    request.setWeightsVersion(3);
    request.setWindowCompletedAt(Instant.ofEpochMilli(1000));
    request.setRequestedAt(Instant.ofEpochMilli(1003));
    return request;
  }

  private static ExpertWeights weights(long version) {
    ExpertWeights weights = new ExpertWeights();
    weights.setEnvironmentId("a");
    weights.setWeightsVersion(version);
    weights.setGeneratedAt(Instant.ofEpochMilli(1103));
    weights.setTimingsMs(
        Map.of("prompt", 2.0, "sampling", 40.0, "decoding", 3.0, "selection", 5.0));
    return weights;
  }

  private static Adaptation decision(Decision decision) {
    Adaptation adaptation = new Adaptation();
    adaptation.setEnvironmentId("a");
    adaptation.setWeightsVersion(3L);
    adaptation.setDecision(decision);
    adaptation.setNumbers(
        Map.of("sinceWindowMs", 180.0, "sinceReceivedMs", 20.0, "judgingMs", 1.5));
    return adaptation;
  }

  @Test
  void shouldAddUpToTheWholeWhenASwapIsTakenApart() {
    SwapTrace trace = SwapTrace.of(request(), weights(3), decision(Decision.ACCEPTED));
    assertThat(trace.features()).isEqualTo(3);
    assertThat(trace.toGenerator()).isEqualTo(50);
    assertThat(trace.toForecaster()).isEqualTo(57);
    assertThat(trace.swap()).isEqualTo(21.5);
    assertThat(trace.total()).isEqualTo(181.5);
    assertThat(
            trace.features()
                + trace.prompt()
                + trace.sampling()
                + trace.decoding()
                + trace.selection()
                + trace.transport()
                + trace.swap())
        .isCloseTo(trace.total(), within(1e-9));
    assertThat(trace.computing()).isCloseTo(54.5, within(1e-9));
    assertThat(trace.parts()).containsEntry("total", 181.5).containsEntry("transport", 107.0);
  }

  @Test
  void shouldTraceOnlyWhatWasAcceptedWhenRequestAndWeightsWereSeen() {
    Observations observations = new Observations();
    observations.request(request());
    observations.weights(weights(2));
    observations.decision(decision(Decision.ACCEPTED));
    assertThat(observations.swaps()).as("weights of another version").isEmpty();
    observations.weights(weights(3));
    observations.decision(decision(Decision.KEPT_INCUMBENT));
    assertThat(observations.swaps()).hasSize(1);
    assertThat(observations.decided()).isEqualTo(2);
  }

  @Test
  void shouldMeasureFromIngestWhenAForecastIsSeen() {
    Observations observations = new Observations();
    Forecast forecast = new Forecast();
    forecast.setFrameIngestedAt(Instant.ofEpochMilli(5000));
    forecast.setProducedAt(Instant.ofEpochMilli(5120));
    observations.forecast(forecast, 5200);
    assertThat(observations.seenMillis()).containsExactly(200.0);
    assertThat(observations.issuedMillis()).containsExactly(120.0);
    assertThat(observations.newestIngestMillis()).isEqualTo(5000);
    observations.clear();
    assertThat(observations.seenMillis()).isEmpty();
    assertThat(observations.forecasts()).as("counts go on").isEqualTo(1);
  }
}
