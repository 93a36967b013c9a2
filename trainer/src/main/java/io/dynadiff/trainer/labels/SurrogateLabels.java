package io.dynadiff.trainer.labels;

import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.projection.PCA;

/**
 * Numbers that take the place of conditions where those are not known: environments whose experts
 * act alike get labels that are alike (the principal components of the rows of the functional
 * distances).
 *
 * @param environments ids of the seen environments
 * @param labels labels of each, axes [environment, component], mean 0
 * @param shares share of each component in the variance of the distances, falling
 */
public record SurrogateLabels(List<String> environments, double[][] labels, double[] shares) {

  /**
   * Computes labels.
   *
   * @param environments ids of the seen environments, at least 2
   * @param distances see {@link FunctionalDistances}
   * @param components labels per environment, from 1 to one less than there are environments
   */
  public static SurrogateLabels of(
      List<String> environments, double[][] distances, int components) {
    int count = environments.size();
    if (distances.length != count || components < 1 || components >= count) {
      throw new IllegalArgumentException(
          "surrogate labels: expected a row of distances for each environment and from 1 to one less"
              + " component than environments, found "
              + count
              + " environments, "
              + distances.length
              + " rows and "
              + components
              + " components");
    }
    double[][] rows = scaled(distances);
    PCA analysis = new PCA(components);
    double[][] labels = analysis.fitAndTransform(rows);
    double total = totalVariance(rows);
    double[] shares =
        Arrays.stream(analysis.getVariance())
            .limit(components)
            .map(v -> total > 0 ? v / total : 0)
            .toArray();
    for (int k = 0; k < components; k++) {
      orient(labels, k);
    }
    return new SurrogateLabels(List.copyOf(environments), labels, shares);
  }

  /** Divided by the largest distance, so that labels do not depend on the fields' units. */
  private static double[][] scaled(double[][] distances) {
    double largest = Arrays.stream(distances).flatMapToDouble(Arrays::stream).max().orElse(0);
    if (!(largest > 0)) {
      throw new IllegalArgumentException(
          "surrogate labels: expected experts that differ, found the largest distance " + largest);
    }
    return Arrays.stream(distances)
        .map(row -> Arrays.stream(row).map(d -> d / largest).toArray())
        .toArray(double[][]::new);
  }

  private static double totalVariance(double[][] rows) {
    double total = 0;
    for (int j = 0; j < rows[0].length; j++) {
      int column = j;
      double mean = Arrays.stream(rows).mapToDouble(r -> r[column]).average().orElseThrow();
      total += Arrays.stream(rows).mapToDouble(r -> Math.pow(r[column] - mean, 2)).sum();
    }
    return total / (rows.length - 1);
  }

  /** The sign of a component means nothing: the label that is largest in size becomes positive. */
  private static void orient(double[][] labels, int component) {
    double extreme = 0;
    for (double[] label : labels) {
      extreme = Math.abs(label[component]) > Math.abs(extreme) ? label[component] : extreme;
    }
    for (double[] label : labels) {
      label[component] = extreme < 0 ? -label[component] : label[component];
    }
  }

  /** The labels as conditions, named surrogate-1, surrogate-2, ... */
  public List<ConditionSpec> conditions() {
    List<ConditionSpec> specs = new ArrayList<>();
    for (int k = 0; k < shares.length; k++) {
      double square = 0;
      for (double[] label : labels) {
        square += label[k] * label[k] / labels.length;
      }
      specs.add(
          new ConditionSpec(
              "surrogate-" + (k + 1), "1", 0, Math.max(Math.sqrt(square), Double.MIN_NORMAL)));
    }
    return specs;
  }

  /**
   * The same data with labels in place of conditions; a prompter trained on them regresses labels
   * from windows. An unseen environment has no expert and so no label: its conditions are not
   * numbers.
   *
   * @throws IllegalArgumentException if a seen environment has no label
   */
  public SystemData relabel(SystemData data) {
    double[] unknown = new double[shares.length];
    Arrays.fill(unknown, Double.NaN);
    return new SystemData(
        data.system(),
        data.shape(),
        data.intervalMillis(),
        data.horizon(),
        data.normalisation(),
        conditions(),
        data.seen().stream().map(e -> with(e, label(e.id()))).toList(),
        data.unseen().stream().map(e -> with(e, unknown)).toList(),
        data.symmetries());
  }

  private double[] label(String environment) {
    int index = environments.indexOf(environment);
    if (index < 0) {
      throw new IllegalArgumentException(
          "surrogate labels: expected one of "
              + environments
              + ", found environment "
              + environment
              + "; leave out environments without an expert");
    }
    return labels[index];
  }

  private static EnvironmentData with(EnvironmentData environment, double[] conditions) {
    return new EnvironmentData(
        environment.id(),
        conditions,
        environment.training(),
        environment.validation(),
        environment.test(),
        environment.cases());
  }
}
