package io.dynadiff.streams.verify;

import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.streams.systems.ServedSystems;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps forecasts until the frames they are valid at have come, and scores frames they release. */
final class CollectForecasts extends VerifyProcessor<Forecast> {

  CollectForecasts(ServedSystems systems, StoreNames stores) {
    super(systems, stores);
  }

  @Override
  public void process(Record<String, Forecast> record) {
    Forecast forecast = record.value();
    if (forecast == null) {
      return;
    }
    verification().add(forecast, context().currentSystemTimeMs());
    score(forecast.getEnvironmentId(), Long.MIN_VALUE);
  }
}
