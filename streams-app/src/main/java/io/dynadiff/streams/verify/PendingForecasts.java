package io.dynadiff.streams.verify;

import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.streams.state.FloatBytes;
import io.dynadiff.streams.state.ForecastSlice;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Forecasts by environment, run and the sequence they are valid at, one entry per lead, so that a
 * frame reads each field once. Confined to the stream thread of its processor.
 */
final class PendingForecasts {

  private final RecordStore<ForecastSlice> store;

  PendingForecasts(RecordStore<ForecastSlice> store) {
    this.store = store;
  }

  /** Keeps the leads of a forecast that are valid after a sequence. */
  void put(Forecast forecast, ForecastFields fields, long afterSequence) {
    for (int i = 0; i < fields.leads(); i++) {
      int steps = forecast.getLeadSteps().get(i);
      long sequence = forecast.getIssueSequence() + steps;
      if (sequence <= afterSequence) {
        continue;
      }
      ForecastSlice slice =
          ForecastSlice.newBuilder()
              .setIssueSequence(forecast.getIssueSequence())
              .setValidTime(
                  forecast.getIssueTime().toEpochMilli() + steps * forecast.getIntervalMs())
              .setLeadSteps(steps)
              .setWeightsVersion(forecast.getWeightsVersion())
              .setMembers(forecast.getMembers())
              .setMean(FloatBytes.write(fields.atLead(fields.mean(), i)))
              .setSpread(
                  fields.spread() == null
                      ? null
                      : FloatBytes.write(fields.atLead(fields.spread(), i)))
              .setSpreadFactor(fields.spread() == null ? 1 : forecast.getSpreadFactors().get(i))
              .setMemberFields(
                  fields.members() == null ? null : FloatBytes.write(fields.membersAtLead(i)))
              .setRetiredVersion(
                  fields.retired() == null ? null : forecast.getRetired().getWeightsVersion())
              .setRetired(
                  fields.retired() == null
                      ? null
                      : FloatBytes.write(fields.atLead(fields.retired(), i)))
              .build();
      store.put(
          StoreKey.of(forecast.getEnvironmentId(), forecast.getRunId(), sequence, steps), slice);
    }
  }

  /**
   * Removes what is valid at from..sequence of a run, and gives back what is valid at the last of
   * them, shortest lead first.
   */
  List<ForecastSlice> take(String environmentId, String runId, long from, long sequence) {
    List<ForecastSlice> slices = new ArrayList<>();
    Bytes first = StoreKey.of(environmentId, runId, sequence, 0);
    store.takeRange(
        StoreKey.of(environmentId, runId, from, 0),
        StoreKey.of(environmentId, runId, sequence, Long.MAX_VALUE),
        (key, slice) -> {
          if (key.compareTo(first) >= 0) {
            slices.add(slice);
          }
        });
    return slices;
  }

  /** Forgets a run. */
  void forget(String environmentId, String runId) {
    store.deleteRange(
        StoreKey.of(environmentId, runId, 0, 0),
        StoreKey.of(environmentId, runId, Long.MAX_VALUE, Long.MAX_VALUE));
  }
}
