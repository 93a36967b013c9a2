package io.dynadiff.trainer.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The runs of one method over seeds, on seen or unseen environments.
 *
 * <p>Scores are averaged over seeds for each environment first, so that tests between methods have
 * as many values as there are environments.
 */
public final class RunSummary {

  private final List<SplitScores> seeds;

  /**
   * @param seeds the scores of each seed, at least one
   */
  public RunSummary(List<SplitScores> seeds) {
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("summary: expected scores of at least one seed, found 0");
    }
    this.seeds = List.copyOf(seeds);
  }

  /** Mean over seeds of a column, by environment; environments that every seed has. */
  public Map<String, Double> means(Function<SplitScores, double[]> column) {
    Map<String, Double> means =
        new TreeMap<>(seeds.get(0).byEnvironment(column.apply(seeds.get(0))));
    for (SplitScores seed : seeds) {
      means.keySet().retainAll(seed.environments());
    }
    means.replaceAll(
        (environment, first) ->
            seeds.stream()
                .mapToDouble(s -> s.byEnvironment(column.apply(s)).get(environment))
                .average()
                .orElseThrow());
    return means;
  }

  /** Centre and spread of a column over environments. */
  public Comparison.Summary overEnvironments(Function<SplitScores, double[]> column) {
    return Comparison.summary(values(means(column)));
  }

  /** Sample standard deviation over seeds of a column's mean, NaN where there is one seed. */
  public double deviationOverSeeds(Function<SplitScores, double[]> column) {
    if (seeds.size() < 2) {
      return Double.NaN;
    }
    return Comparison.summary(
            seeds.stream()
                .mapToDouble(s -> Arrays.stream(column.apply(s)).average().orElseThrow())
                .toArray())
        .deviation();
  }

  /** Mean error at each lead over environments and seeds. */
  public double[] perLead() {
    double[] mean = new double[seeds.get(0).rmsePerLead().length];
    for (SplitScores seed : seeds) {
      for (int lead = 0; lead < mean.length; lead++) {
        mean[lead] += seed.rmsePerLead()[lead] / seeds.size();
      }
    }
    return mean;
  }

  /**
   * Tests of the difference in RMSE to another method, over the environments both have.
   *
   * @param welch p of Welch's t-test
   * @param paired p of the paired t-test
   */
  public record Difference(double welch, double paired) {}

  /** Compares with another method. */
  public Difference difference(RunSummary other) {
    Map<String, Double> mine = means(SplitScores::rmse);
    Map<String, Double> its = other.means(SplitScores::rmse);
    mine.keySet().retainAll(its.keySet());
    its.keySet().retainAll(mine.keySet());
    return new Difference(
        Comparison.welch(values(mine), values(its)), Comparison.paired(values(mine), values(its)));
  }

  private static double[] values(Map<String, Double> map) {
    return map.values().stream().mapToDouble(v -> v).toArray();
  }
}
