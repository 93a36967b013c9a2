package io.dynadiff.streams.verify;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.metrics.EnsembleMetrics;
import io.dynadiff.models.metrics.FieldMetrics;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.streams.state.FloatBytes;
import io.dynadiff.streams.state.ForecastSlice;
import io.dynadiff.streams.systems.ServedSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How one forecast of a frame turned out. Pure. */
public final class LeadScores {

  private LeadScores() {}

  /**
   * Scores one lead of a forecast.
   *
   * @param truth the verifying frame in physical units, axes [channel, y, x]
   * @param issued the frame the forecast was issued from, likewise, or null if it is not known any
   *     more; persistence is NaN and skill is 0 then
   */
  public static LeadScore of(
      ServedSystem served, ForecastSlice slice, float[] truth, float[] issued) {
    FieldShape shape = served.shape();
    FieldNormalisation normalisation = served.normalisation();
    float[] forecast = FloatBytes.read(slice.getMean());
    double error = FieldMetrics.normalisedRmse(shape, normalisation, forecast, truth);
    double persistence =
        issued == null
            ? Double.NaN
            : FieldMetrics.normalisedRmse(shape, normalisation, issued, truth);
    Double retired =
        slice.getRetired() == null
            ? null
            : FieldMetrics.normalisedRmse(
                shape, normalisation, FloatBytes.read(slice.getRetired()), truth);
    Double spread =
        slice.getSpread() == null
            ? null
            : EnsembleMetrics.normalisedSpread(
                shape, normalisation, FloatBytes.read(slice.getSpread()));
    return LeadScore.newBuilder()
        .setLeadSteps(slice.getLeadSteps())
        .setIssueSequence(slice.getIssueSequence())
        .setWeightsVersion(slice.getWeightsVersion())
        .setRmse(boxed(FieldMetrics.rmse(shape, forecast, truth)))
        .setNormalisedRmse(error)
        .setBias(boxed(FieldMetrics.bias(shape, forecast, truth)))
        .setSsim(FieldMetrics.ssim(shape, normalisation, forecast, truth))
        .setCrps(crps(shape, normalisation, slice, forecast, truth))
        .setSpread(spread)
        .setSpreadFactor(spread == null ? null : slice.getSpreadFactor())
        .setSpreadSkill(
            spread == null || error == 0
                ? null
                : EnsembleMetrics.spreadSkill(slice.getMembers(), spread, error))
        .setPersistenceNormalisedRmse(persistence)
        .setSkill(skill(error, persistence))
        .setRetiredWeightsVersion(slice.getRetiredVersion())
        .setRetiredNormalisedRmse(retired)
        .build();
  }

  /** Always finite: where persistence has no error, or none is known, there is nothing to gain. */
  private static double skill(double error, double persistence) {
    return persistence > 0 ? 1 - error / persistence : 0;
  }

  /** The score of a single member is its absolute error; an ensemble's mean does not tell it. */
  private static double crps(
      FieldShape shape,
      FieldNormalisation normalisation,
      ForecastSlice slice,
      float[] forecast,
      float[] truth) {
    if (slice.getMembers() == 1) {
      return FieldMetrics.normalisedAbsoluteError(shape, normalisation, forecast, truth);
    }
    return slice.getMemberFields() == null
        ? Double.NaN
        : EnsembleMetrics.fairCrps(shape, normalisation, stated(slice, forecast), truth);
  }

  /** The members that the forecast stands for: spread about their mean by its factor. */
  private static List<float[]> stated(ForecastSlice slice, float[] mean) {
    float[] all = FloatBytes.read(slice.getMemberFields());
    List<float[]> members = new ArrayList<>();
    for (int from = 0; from < all.length; from += mean.length) {
      float[] member = new float[mean.length];
      for (int i = 0; i < member.length; i++) {
        member[i] = (float) (mean[i] + slice.getSpreadFactor() * (all[from + i] - mean[i]));
      }
      members.add(member);
    }
    return members;
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
