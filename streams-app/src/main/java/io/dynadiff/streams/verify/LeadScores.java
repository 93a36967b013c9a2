package io.dynadiff.streams.verify;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.metrics.EnsembleMetrics;
import io.dynadiff.models.metrics.FieldMetrics;
import io.dynadiff.models.metrics.StructuralSimilarity;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.streams.state.FloatBytes;
import io.dynadiff.streams.state.ForecastSlice;
import io.dynadiff.streams.systems.ServedSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the forecasts of one frame turned out, lead by lead. What concerns the frame alone is worked
 * out once. Confined to one thread.
 */
public final class LeadScores {

  private final FieldShape shape;
  private final FieldNormalisation normalisation;
  private final float[] truth;
  private final StructuralSimilarity similarity;

  /**
   * @param truth the verifying frame in physical units, axes [channel, y, x]
   */
  public LeadScores(ServedSystem served, float[] truth) {
    this.shape = served.shape();
    this.normalisation = served.normalisation();
    this.truth = truth;
    this.similarity = new StructuralSimilarity(shape, normalisation, truth);
  }

  /**
   * Scores one lead of a forecast.
   *
   * @param issued the frame the forecast was issued from, as the truth, or null if it is not known
   *     any more; persistence is NaN and skill is 0 then
   */
  public LeadScore of(ForecastSlice slice, float[] issued) {
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
        .setSsim(similarity.of(forecast))
        .setCrps(crps(slice, forecast))
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
  private double crps(ForecastSlice slice, float[] forecast) {
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
