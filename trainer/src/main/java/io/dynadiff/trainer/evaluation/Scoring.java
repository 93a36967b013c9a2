package io.dynadiff.trainer.evaluation;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.metrics.FieldMetrics;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.RolloutCase;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.Arrays;
import java.util.List;

/**
 * Scores methods on the cases of environments, all on the same rollouts.
 *
 * <p>Definitions follow the DynaDiff paper's evaluation, see {@link EnvironmentScore}.
 */
public final class Scoring {

  /** Structural similarity above which a forecast counts as still good. */
  private static final double GOOD_SSIM = 0.8;

  private static final int SHORT_HORIZON = 20;

  /** An error of the whole range of a field: what diverged forecasts are counted as. */
  private static final double LARGEST_ERROR = 1;

  private final SystemData data;

  public Scoring(SystemData data) {
    this.data = data;
  }

  /** Adapts a method to one environment, once for each case, and scores it. */
  public EnvironmentScore score(Method method, EnvironmentData environment) {
    FieldNormalisation range = range(environment);
    Sums sums = new Sums(data.horizon());
    double seconds = 0;
    for (AdaptationCase adaptation : environment.cases()) {
      Predictor predictor = method.adapt(environment, adaptation);
      seconds += predictor.adaptationSeconds();
      List<float[][]> forecasts = predictor.rollout(adaptation.rollouts(), data.horizon());
      for (int i = 0; i < forecasts.size(); i++) {
        score(adaptation.rollouts().get(i), forecasts.get(i), range, sums);
      }
    }
    return sums.mean(environment, seconds / environment.cases().size());
  }

  private void score(RolloutCase start, float[][] forecast, FieldNormalisation range, Sums sums) {
    FieldShape shape = data.shape();
    // FieldMetrics takes four scales as the data range.
    FieldNormalisation unitRange =
        new FieldNormalisation(
            range.offsets(), Arrays.stream(range.scales()).map(s -> s / 4).toArray());
    int horizon = data.horizon();
    double square = 0;
    double squareShort = 0;
    int goodSteps = 0;
    for (int lead = 1; lead <= horizon; lead++) {
      float[] truth =
          data.normalisation()
              .denormalise(shape, start.trajectory().frames()[start.start() + lead]);
      double error = FieldMetrics.normalisedRmse(shape, range, forecast[lead - 1], truth);
      double similarity = FieldMetrics.ssim(shape, unitRange, forecast[lead - 1], truth);
      if (!(error <= LARGEST_ERROR)) {
        error = LARGEST_ERROR;
        sums.diverged++;
      }
      if (!Double.isFinite(similarity)) {
        similarity = 0;
      }
      square += error * error;
      if (lead <= SHORT_HORIZON) {
        squareShort += error * error;
      }
      if (lead == 1) {
        sums.first += error;
      }
      if (similarity > GOOD_SSIM && goodSteps == lead - 1) {
        goodSteps = lead;
      }
      sums.ssim += similarity;
      sums.perLead[lead - 1] += error;
    }
    sums.rmse += Math.sqrt(square / horizon);
    sums.rmse20 += Math.sqrt(squareShort / Math.min(SHORT_HORIZON, horizon));
    sums.length += goodSteps;
    sums.rollouts++;
  }

  /**
   * Minimum and range of each channel over the environment's training frames, in physical units.
   *
   * @throws IllegalArgumentException if there is no training frame, or a channel never changes
   */
  FieldNormalisation range(EnvironmentData environment) {
    FieldShape shape = data.shape();
    double[] low = new double[shape.channels()];
    double[] high = new double[shape.channels()];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    for (Trajectory trajectory : environment.training()) {
      for (float[] frame : trajectory.frames()) {
        for (int i = 0; i < frame.length; i++) {
          int c = i / shape.points();
          low[c] = Math.min(low[c], frame[i]);
          high[c] = Math.max(high[c], frame[i]);
        }
      }
    }
    double[] offset = new double[low.length];
    double[] range = new double[low.length];
    for (int c = 0; c < low.length; c++) {
      if (!(high[c] > low[c])) {
        throw new IllegalArgumentException(
            environment.id()
                + ": expected training frames in which channel "
                + c
                + " changes, to scale errors by, found "
                + environment.training().size()
                + " trajectories with none");
      }
      double scale = data.normalisation().scales()[c];
      offset[c] = low[c] * scale + data.normalisation().offsets()[c];
      range[c] = (high[c] - low[c]) * scale;
    }
    return new FieldNormalisation(offset, range);
  }

  /** Sums over the rollouts of one environment. */
  private static final class Sums {

    private final double[] perLead;
    private double rmse;
    private double rmse20;
    private double first;
    private double ssim;
    private double length;
    private double diverged;
    private int rollouts;

    private Sums(int horizon) {
      this.perLead = new double[horizon];
    }

    private EnvironmentScore mean(EnvironmentData environment, double seconds) {
      double fields = (double) rollouts * perLead.length;
      return new EnvironmentScore(
          environment.id(),
          environment.conditions(),
          rmse / rollouts,
          rmse20 / rollouts,
          first / rollouts,
          ssim / fields,
          length / rollouts,
          diverged / fields,
          seconds,
          Arrays.stream(perLead).map(e -> e / rollouts).toArray());
    }
  }
}
