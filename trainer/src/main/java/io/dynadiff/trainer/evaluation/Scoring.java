package io.dynadiff.trainer.evaluation;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.metrics.FieldMetrics;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.RolloutCase;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

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
    List<RolloutScore> scores = new ArrayList<>();
    double seconds = 0;
    for (AdaptationCase adaptation : environment.cases()) {
      Predictor predictor = method.adapt(environment, adaptation);
      seconds += predictor.adaptationSeconds();
      List<float[][]> forecasts = predictor.rollout(adaptation.rollouts(), data.horizon());
      scores.addAll(
          IntStream.range(0, forecasts.size())
              .parallel()
              .mapToObj(i -> score(adaptation.rollouts().get(i), forecasts.get(i), range))
              .toList());
    }
    return mean(environment, scores, seconds / environment.cases().size());
  }

  /** What one forecast is worth; similarity per lead beside the error per lead. */
  private record RolloutScore(double[] error, double[] similarity, int diverged) {

    private double rmse(int leads) {
      int used = Math.min(leads, error.length);
      return Math.sqrt(Arrays.stream(error, 0, used).map(e -> e * e).sum() / used);
    }

    private int goodSteps() {
      int steps = 0;
      while (steps < similarity.length && similarity[steps] > GOOD_SSIM) {
        steps++;
      }
      return steps;
    }
  }

  private RolloutScore score(RolloutCase start, float[][] forecast, FieldNormalisation range) {
    FieldShape shape = data.shape();
    // FieldMetrics takes four scales as the data range.
    FieldNormalisation unitRange =
        new FieldNormalisation(
            range.offsets(), Arrays.stream(range.scales()).map(s -> s / 4).toArray());
    double[] error = new double[data.horizon()];
    double[] similarity = new double[data.horizon()];
    int diverged = 0;
    for (int t = 0; t < error.length; t++) {
      float[] truth =
          data.normalisation()
              .denormalise(shape, start.trajectory().frames()[start.start() + t + 1]);
      error[t] = FieldMetrics.normalisedRmse(shape, range, forecast[t], truth);
      similarity[t] = FieldMetrics.ssim(shape, unitRange, forecast[t], truth);
      if (!(error[t] <= LARGEST_ERROR)) {
        error[t] = LARGEST_ERROR;
        diverged++;
      }
      if (!Double.isFinite(similarity[t])) {
        similarity[t] = 0;
      }
    }
    return new RolloutScore(error, similarity, diverged);
  }

  private EnvironmentScore mean(
      EnvironmentData environment, List<RolloutScore> scores, double seconds) {
    double[] perLead = new double[data.horizon()];
    for (RolloutScore score : scores) {
      for (int t = 0; t < perLead.length; t++) {
        perLead[t] += score.error[t] / scores.size();
      }
    }
    return new EnvironmentScore(
        environment.id(),
        environment.conditions(),
        mean(scores, s -> s.rmse(data.horizon())),
        mean(scores, s -> s.rmse(SHORT_HORIZON)),
        perLead[0],
        mean(scores, s -> Arrays.stream(s.similarity).average().orElseThrow()),
        mean(scores, RolloutScore::goodSteps),
        mean(scores, s -> s.diverged / (double) data.horizon()),
        seconds,
        perLead);
  }

  private static double mean(List<RolloutScore> scores, ToDoubleFunction<RolloutScore> value) {
    return scores.stream().mapToDouble(value).average().orElseThrow();
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
}
