package io.dynadiff.cli.forecasts;

import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.Coordinates;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.time.Instant;
import java.util.List;

/**
 * Hourly forecasts of two quantities on 3 x 4 points of latitude and longitude, leads 1 and 3. The
 * mean of quantity c at lead index l, row y, column x is 100 c + 10 l + y + x / 10 + sequence.
 */
final class ExampleForecasts {

  static final String ENVIRONMENT = "tiles/north-west";
  static final Instant START = Instant.parse("2019-03-20T05:00:00Z");

  private static final int[] SHAPE = {2, 2, 3, 4};
  private static final FieldGrid GRID =
      new FieldGrid(
          3, 4, 52.0, -1.0, -0.25, 0.25, "degrees", Coordinates.LATITUDE_LONGITUDE, false);

  private ExampleForecasts() {}

  /** By the base expert: neither spread nor members. */
  static Forecast single(String environmentId, String runId, long sequence) {
    return builder(environmentId, runId, sequence, 0).setMembers(1).build();
  }

  /** By two members that differ by 1 everywhere, with a spread of 0.5. */
  static Forecast ensemble(String environmentId, String runId, long sequence) {
    float[] mean = mean(sequence);
    float[] members = new float[2 * mean.length];
    float[] spread = new float[mean.length];
    for (int i = 0; i < mean.length; i++) {
      members[i] = mean[i] - 0.5f;
      members[mean.length + i] = mean[i] + 0.5f;
      spread[i] = 0.5f;
    }
    return builder(environmentId, runId, sequence, 3)
        .setMembers(2)
        .setSpread(TensorCodec.encode(spread, DType.FLOAT32, SHAPE))
        .setSpreadFactors(List.of(1.0, 1.0))
        .setMemberFields(TensorCodec.encode(members, DType.FLOAT32, 2, 2, 2, 3, 4))
        .build();
  }

  private static Forecast.Builder builder(
      String environmentId, String runId, long sequence, long version) {
    return Forecast.newBuilder()
        .setRunId(runId)
        .setSystem("tiles")
        .setEnvironmentId(environmentId)
        .setIssueSequence(sequence)
        .setIssueTime(START.plusSeconds(3600 * sequence))
        .setIntervalMs(3_600_000)
        .setLeadSteps(List.of(1, 3))
        .setWeightsVersion(version)
        .setWeightsId("sha")
        .setBundleId("tiles-1")
        .setGrid(GRID)
        .setChannels(List.of(new Channel("2m_temperature", "K"), new Channel("time", "m s-1")))
        .setMean(TensorCodec.encode(mean(sequence), DType.FLOAT32, SHAPE))
        .setFrameIngestedAt(START)
        .setProducedAt(START);
  }

  private static float[] mean(long sequence) {
    float[] values = new float[2 * 2 * 3 * 4];
    int at = 0;
    for (int lead = 0; lead < 2; lead++) {
      for (int channel = 0; channel < 2; channel++) {
        for (int y = 0; y < 3; y++) {
          for (int x = 0; x < 4; x++) {
            values[at++] = 100 * channel + 10 * lead + y + x / 10f + sequence;
          }
        }
      }
    }
    return values;
  }
}
