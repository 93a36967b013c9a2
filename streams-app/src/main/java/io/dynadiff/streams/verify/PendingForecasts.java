package io.dynadiff.streams.verify;

import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.state.FloatBytes;
import io.dynadiff.streams.state.ForecastSlice;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
  void put(Forecast forecast, long afterSequence) {
    int leads = forecast.getLeadSteps().size();
    float[] mean = TensorCodec.decode(forecast.getMean());
    float[] retired =
        forecast.getRetired() == null ? null : TensorCodec.decode(forecast.getRetired().getMean());
    float[] spread = forecast.getSpread() == null ? null : TensorCodec.decode(forecast.getSpread());
    float[] members =
        forecast.getMemberFields() == null ? null : TensorCodec.decode(forecast.getMemberFields());
    int size = mean.length / leads;
    for (int i = 0; i < leads; i++) {
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
              .setMean(FloatBytes.write(Arrays.copyOfRange(mean, i * size, (i + 1) * size)))
              .setSpread(
                  spread == null
                      ? null
                      : FloatBytes.write(Arrays.copyOfRange(spread, i * size, (i + 1) * size)))
              .setSpreadFactor(spread == null ? 1 : forecast.getSpreadFactors().get(i))
              .setMemberFields(
                  members == null ? null : FloatBytes.write(atLead(members, leads, i, size)))
              .setRetiredVersion(retired == null ? null : forecast.getRetired().getWeightsVersion())
              .setRetired(
                  retired == null
                      ? null
                      : FloatBytes.write(Arrays.copyOfRange(retired, i * size, (i + 1) * size)))
              .build();
      store.put(
          StoreKey.of(forecast.getEnvironmentId(), forecast.getRunId(), sequence, steps), slice);
    }
  }

  /** One lead of fields with axes [member, lead, ...], axes [member, ...]. */
  private static float[] atLead(float[] members, int leads, int lead, int size) {
    int count = members.length / (leads * size);
    float[] fields = new float[count * size];
    for (int m = 0; m < count; m++) {
      System.arraycopy(members, (m * leads + lead) * size, fields, m * size, size);
    }
    return fields;
  }

  /** The forecasts that are valid at a sequence, shortest lead first. */
  List<ForecastSlice> validAt(String environmentId, String runId, long sequence) {
    List<ForecastSlice> slices = new ArrayList<>();
    store.forEach(
        StoreKey.of(environmentId, runId, sequence, 0),
        StoreKey.of(environmentId, runId, sequence, Long.MAX_VALUE),
        (key, slice) -> slices.add(slice));
    return slices;
  }

  /** Forgets what is valid at from..to of a run. */
  void forget(String environmentId, String runId, long from, long to) {
    store.deleteRange(
        StoreKey.of(environmentId, runId, from, 0),
        StoreKey.of(environmentId, runId, to, Long.MAX_VALUE));
  }
}
