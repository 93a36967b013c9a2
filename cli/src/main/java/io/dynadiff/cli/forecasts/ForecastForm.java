package io.dynadiff.cli.forecasts;

import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.avro.Forecast;
import java.util.List;

/**
 * What the forecasts of one file have in common.
 *
 * @param leadSteps leads in intervals
 */
record ForecastForm(
    String runId,
    FieldGrid grid,
    List<Channel> channels,
    List<Integer> leadSteps,
    long intervalMs) {

  static ForecastForm of(Forecast forecast) {
    return new ForecastForm(
        forecast.getRunId(),
        forecast.getGrid(),
        List.copyOf(forecast.getChannels()),
        List.copyOf(forecast.getLeadSteps()),
        forecast.getIntervalMs());
  }
}
