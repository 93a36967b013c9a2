package io.dynadiff.streams.forecast;

import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.RetiredForecast;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.state.ForecasterState;
import io.dynadiff.streams.state.HeldFrames.Held;
import io.dynadiff.streams.systems.ServedSystem;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Forecasts as records. */
final class Forecasts {

  private Forecasts() {}

  /**
   * Writes the forecast from one frame.
   *
   * @param state names the expert in use, and the one on trial
   * @param fields the field at each lead
   * @param retired the same of the expert on trial, or null
   * @param now wall-clock time, milliseconds since the epoch
   */
  static Forecast of(
      Held held,
      ForecasterState state,
      ServedSystem served,
      float[][] fields,
      float[][] retired,
      long now) {
    FieldFrame frame = held.frame();
    List<Integer> leads = IntStream.rangeClosed(1, fields.length).boxed().toList();
    return Forecast.newBuilder()
        .setRunId(frame.getRunId())
        .setSystem(frame.getSystem())
        .setEnvironmentId(frame.getEnvironmentId())
        .setIssueSequence(frame.getSequence())
        .setIssueTime(frame.getEventTime())
        .setIntervalMs(frame.getIntervalMs())
        .setLeadSteps(leads)
        .setWeightsVersion(state.getActiveVersion())
        .setWeightsId(state.getActiveWeightsId())
        .setBundleId(served.bundleId())
        .setGrid(frame.getGrid())
        .setChannels(frame.getChannels())
        .setMembers(1)
        .setMean(stack(fields, served))
        .setSpread(null)
        .setRetired(
            retired == null
                ? null
                : new RetiredForecast(state.getRetiredVersion(), stack(retired, served)))
        .setFrameIngestedAt(Instant.ofEpochMilli(held.ingestedAt()))
        .setProducedAt(Instant.ofEpochMilli(now))
        .build();
  }

  private static Tensor stack(float[][] fields, ServedSystem served) {
    int size = served.shape().size();
    float[] all = new float[fields.length * size];
    for (int lead = 0; lead < fields.length; lead++) {
      System.arraycopy(fields[lead], 0, all, lead * size, size);
    }
    return TensorCodec.encode(
        all,
        DType.FLOAT32,
        fields.length,
        served.shape().channels(),
        served.shape().height(),
        served.shape().width());
  }
}
