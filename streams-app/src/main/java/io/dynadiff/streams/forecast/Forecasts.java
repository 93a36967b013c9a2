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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Forecasts as records. */
final class Forecasts {

  private Forecasts() {}

  /**
   * Writes the forecast from one frame.
   *
   * @param state names the expert in use, and the one before it
   * @param fields the rollouts of its members
   * @param factors for each lead the factor that calibrates the spread
   * @param withMembers whether an ensemble's members travel
   * @param retired the mean forecast of the expert that is run beside, or null
   * @param now wall-clock time, milliseconds since the epoch
   */
  static Forecast of(
      Held held,
      ForecasterState state,
      ServedSystem served,
      EnsembleFields fields,
      double[] factors,
      boolean withMembers,
      float[][] retired,
      long now) {
    boolean ensemble = fields.spread() != null;
    FieldFrame frame = held.frame();
    List<Integer> leads = IntStream.rangeClosed(1, fields.mean().length).boxed().toList();
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
        .setMembers(fields.members().size())
        .setMean(stack(fields.mean(), served))
        .setSpread(ensemble ? stack(stated(fields.spread(), factors), served) : null)
        .setSpreadFactors(ensemble ? Arrays.stream(factors).boxed().toList() : List.of())
        .setMemberFields(ensemble && withMembers ? members(fields.members(), served) : null)
        .setRetired(
            retired == null
                ? null
                : new RetiredForecast(state.getRetiredVersion(), stack(retired, served)))
        .setFrameIngestedAt(Instant.ofEpochMilli(held.ingestedAt()))
        .setProducedAt(Instant.ofEpochMilli(now))
        .build();
  }

  private static float[][] stated(float[][] spread, double[] factors) {
    float[][] stated = new float[spread.length][];
    for (int lead = 0; lead < spread.length; lead++) {
      stated[lead] = new float[spread[lead].length];
      for (int i = 0; i < stated[lead].length; i++) {
        stated[lead][i] = (float) (spread[lead][i] * factors[lead]);
      }
    }
    return stated;
  }

  private static Tensor members(List<float[][]> members, ServedSystem served) {
    int leads = members.get(0).length;
    int size = served.shape().size();
    float[] all = new float[members.size() * leads * size];
    int next = 0;
    for (float[][] member : members) {
      for (float[] field : member) {
        System.arraycopy(field, 0, all, next, size);
        next += size;
      }
    }
    return TensorCodec.encode(
        all,
        DType.FLOAT32,
        members.size(),
        leads,
        served.shape().channels(),
        served.shape().height(),
        served.shape().width());
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
