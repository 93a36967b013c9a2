package io.dynadiff.streams.verify;

import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.streams.systems.ServedSystems;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps forecasts until the frames they are valid at have come, and scores frames they release. */
final class CollectForecasts extends VerifyProcessor<Forecast> {

  private static final Logger LOG = LoggerFactory.getLogger(CollectForecasts.class);

  CollectForecasts(ServedSystems systems, StoreNames stores) {
    super(systems, stores);
  }

  @Override
  public void process(Record<String, Forecast> record) {
    Forecast forecast = record.value();
    if (forecast == null) {
      return;
    }
    ForecastFields fields;
    try {
      fields = ForecastFields.of(record.key(), forecast);
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "{}: a forecast cannot be used: {}; skipped, check who writes to the topic",
          context()
              .recordMetadata()
              .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
              .orElse("forecasts"),
          e.getMessage());
      return;
    }
    verification().add(forecast, fields, context().currentSystemTimeMs());
    score(forecast.getEnvironmentId(), Long.MIN_VALUE);
  }
}
