package io.dynadiff.trainer.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Scores of one method on several environments, one number per environment in every column; the
 * columns are those of {@link EnvironmentScore}.
 *
 * @param environments the environments
 * @param conditions true conditions of each
 * @param rmse error over the whole rollout
 * @param rmse20 error over the first 20 steps
 * @param rmseFirst error of the first step
 * @param ssim structural similarity
 * @param ssimLength leading steps with a similarity above 0.8
 * @param diverged share of forecast fields that diverged
 * @param adaptationSeconds wall time of an adaptation
 * @param rmsePerLead error at each lead, mean over environments
 */
public record SplitScores(
    List<String> environments,
    double[][] conditions,
    double[] rmse,
    double[] rmse20,
    double[] rmseFirst,
    double[] ssim,
    double[] ssimLength,
    double[] diverged,
    double[] adaptationSeconds,
    double[] rmsePerLead) {

  /** Digits that are kept: more than the scores are worth, few enough to read. */
  private static final MathContext DIGITS = new MathContext(6);

  public SplitScores {
    environments = List.copyOf(environments);
    for (double[] column :
        List.of(rmse, rmse20, rmseFirst, ssim, ssimLength, diverged, adaptationSeconds)) {
      if (column.length != environments.size() || conditions.length != column.length) {
        throw new IllegalArgumentException(
            "scores: expected a number for each of "
                + environments.size()
                + " environments in every column, found "
                + column.length);
      }
    }
  }

  /** Puts scores of environments into columns. */
  public static SplitScores of(List<EnvironmentScore> scores) {
    int leads = scores.stream().mapToInt(s -> s.rmsePerLead().length).max().orElse(0);
    double[] perLead = new double[leads];
    for (EnvironmentScore score : scores) {
      for (int lead = 0; lead < leads; lead++) {
        perLead[lead] += score.rmsePerLead()[lead] / scores.size();
      }
    }
    return new SplitScores(
        scores.stream().map(EnvironmentScore::environment).toList(),
        scores.stream().map(EnvironmentScore::conditions).toArray(double[][]::new),
        column(scores, EnvironmentScore::rmse),
        column(scores, EnvironmentScore::rmse20),
        column(scores, EnvironmentScore::rmseFirst),
        column(scores, EnvironmentScore::ssim),
        column(scores, EnvironmentScore::ssimLength),
        column(scores, EnvironmentScore::diverged),
        column(scores, EnvironmentScore::adaptationSeconds),
        Arrays.stream(perLead).map(SplitScores::rounded).toArray());
  }

  private static double[] column(
      List<EnvironmentScore> scores, ToDoubleFunction<EnvironmentScore> value) {
    return scores.stream().mapToDouble(value).map(SplitScores::rounded).toArray();
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  /** A column as a map from environment to value. */
  public Map<String, Double> byEnvironment(double[] column) {
    Map<String, Double> values = new HashMap<>();
    for (int i = 0; i < column.length; i++) {
      values.put(environments.get(i), column[i]);
    }
    return values;
  }
}
