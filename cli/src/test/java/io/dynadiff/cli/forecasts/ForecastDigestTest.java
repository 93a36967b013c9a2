package io.dynadiff.cli.forecasts;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.commands.JsonDocument;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ForecastDigestTest {

  private static final long SECOND_NS = 1_000_000_000L;

  @Test
  void shouldShowRangesAtTheFirstAndTheLastLeadWhenItIsALine() {
    assertThat(ForecastDigest.of(ExampleForecasts.ensemble("e", "run", 1)).line())
        .isEqualTo(
            "2019-03-20T06:00:00Z  e  #1  v3 x2"
                + "  2m_temperature +1 h 1.000..3.300, +3 h 11.00..13.30 \u00b10.50 K"
                + "  time +1 h 101.0..103.3, +3 h 111.0..113.3 \u00b10.50 m s-1");
  }

  @Test
  void shouldBeOneObjectOfOneLineWhenItIsJson() {
    assertThat(JsonDocument.line(ForecastDigest.of(ExampleForecasts.single("e", "run", 0))))
        .startsWith("{\"environmentId\":\"e\",\"system\":\"tiles\",\"runId\":\"run\"")
        .contains("\"issueTime\":\"2019-03-20T05:00:00Z\"", "\"leadSteps\":[1,3]")
        .contains("\"max\":[2.299999952316284,12.300000190734863],\"spread\":null")
        .doesNotContain("\n");
  }

  @Test
  void shouldSayThatItDivergedWhenAFieldIsNotFinite() {
    Forecast forecast = ExampleForecasts.single("e", "run", 0);
    float[] values = new float[48];
    Arrays.fill(values, 24, 48, Float.NaN);
    forecast.setMean(TensorCodec.encode(values, DType.FLOAT32, 2, 2, 3, 4));

    ForecastDigest digest = ForecastDigest.of(forecast);

    assertThat(digest.line()).contains("2m_temperature +1 h 0.000..0.000, +3 h diverged K");
    assertThat(JsonDocument.line(digest)).contains("\"min\":[0.0,null]").doesNotContain("NaN");
  }

  @Test
  void shouldSayWhatIsLeftWhenReadingTakesLonger() {
    StringWriter text = new StringWriter();
    long[] now = {0};
    ReadProgress progress = new ReadProgress(new PrintWriter(text), "writing", () -> now[0]);
    progress.begins(1000);
    now[0] = 2 * SECOND_NS;
    progress.at(100);
    assertThat(text.toString()).isEmpty();
    now[0] = 5 * SECOND_NS;
    progress.at(250);
    assertThat(text.toString().strip()).isEqualTo("writing: 250 of 1000 records, 15 s left");
  }
}
