package io.dynadiff.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.weights.WeightsId;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwapStormTest {

  private static final int VERSIONS = 200;
  private static final int FRAMES_BETWEEN = 3;

  @TempDir private Path stateDirectory;

  @Test
  void shouldMakeEachForecastWithOneVersionWhenVersionsComeFasterThanTrialsEnd() {
    try (ForecasterUnderTest forecaster = new ForecasterUnderTest(stateDirectory)) {
      forecaster.frames(FRAMES_BETWEEN);
      long sequence = FRAMES_BETWEEN;
      for (int version = 1; version <= VERSIONS; version++) {
        // Each comes nearer to the truth, which rises by 1, so each is accepted.
        forecaster.experts.hand("a", version, step(version));
        List<Forecast> forecasts = forecaster.frames(FRAMES_BETWEEN);
        assertThat(forecasts).hasSize(FRAMES_BETWEEN);
        for (Forecast forecast : forecasts) {
          assertMadeBy(version, forecast);
          assertThat(forecast.getIssueSequence()).isEqualTo(sequence++);
        }
      }
    }
  }

  /** The name, the fields at every lead, and what runs beside are of one version each. */
  private static void assertMadeBy(int version, Forecast forecast) {
    assertThat(forecast.getWeightsVersion()).isEqualTo(version);
    assertThat(forecast.getWeightsId()).isEqualTo(WeightsId.of(Samples.weights(step(version))));
    assertThat(TensorCodec.decode(forecast.getMean())).isEqualTo(fields(version, forecast));
    assertThat(forecast.getRetired().getWeightsVersion()).isEqualTo(version - 1);
    assertThat(TensorCodec.decode(forecast.getRetired().getMean()))
        .isEqualTo(fields(version - 1, forecast));
  }

  private static float[] fields(int version, Forecast forecast) {
    int size = Samples.SHAPE.size();
    float[] fields = new float[Samples.LEADS * size];
    for (int lead = 1; lead <= Samples.LEADS; lead++) {
      Arrays.fill(
          fields,
          (lead - 1) * size,
          lead * size,
          forecast.getIssueSequence() + lead * step(version));
    }
    return fields;
  }

  /** A multiple of a power of two, so that sums are exact. */
  private static float step(int version) {
    return version / 256f;
  }
}
