package io.dynadiff.trainer.blend;

import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.expert.ZooExpert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The mean expert of each environment that has any, with the encoded conditions of the environment.
 *
 * @param conditions encoded conditions of each
 * @param weights flat weights of each
 */
public record LabelledExperts(List<float[]> conditions, List<float[]> weights) {

  public LabelledExperts {
    conditions = List.copyOf(conditions);
    weights = List.copyOf(weights);
    if (conditions.isEmpty() || conditions.size() != weights.size()) {
      throw new IllegalArgumentException(
          "labelled experts: expected at least one and as many conditions as experts, found "
              + conditions.size()
              + " and "
              + weights.size());
    }
  }

  /**
   * Averages the trained experts of each environment; mixes are left out.
   *
   * @param label encoded conditions of an environment
   */
  public static LabelledExperts of(List<ZooExpert> zoo, Function<EnvironmentData, float[]> label) {
    Map<EnvironmentData, List<float[]>> own = new LinkedHashMap<>();
    for (ZooExpert expert : zoo) {
      if (!expert.mixed()) {
        own.computeIfAbsent(expert.environments().get(0), e -> new ArrayList<>())
            .add(expert.weights());
      }
    }
    return new LabelledExperts(
        own.keySet().stream().map(label).toList(),
        own.values().stream().map(LabelledExperts::mean).toList());
  }

  /** Number of experts. */
  public int size() {
    return weights.size();
  }

  /** The sum of all experts, each times its share. */
  public float[] blend(double[] shares) {
    double[] sum = new double[weights.get(0).length];
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] != 0) {
        float[] expert = weights.get(i);
        for (int k = 0; k < sum.length; k++) {
          sum[k] += shares[i] * expert[k];
        }
      }
    }
    float[] blend = new float[sum.length];
    for (int k = 0; k < sum.length; k++) {
      blend[k] = (float) sum[k];
    }
    return blend;
  }

  /**
   * Inner products of all pairs of experts, as differences to their mean: all that errors of linear
   * methods in weight space depend on.
   */
  double[][] products() {
    double[] equal = new double[size()];
    java.util.Arrays.fill(equal, 1.0 / size());
    float[] mean = blend(equal);
    double[][] products = new double[size()][size()];
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j <= i; j++) {
        float[] a = weights.get(i);
        float[] b = weights.get(j);
        double sum = 0;
        for (int k = 0; k < mean.length; k++) {
          sum += ((double) a[k] - mean[k]) * ((double) b[k] - mean[k]);
        }
        products[i][j] = sum;
        products[j][i] = sum;
      }
    }
    return products;
  }

  private static float[] mean(List<float[]> experts) {
    double[] equal = new double[experts.size()];
    java.util.Arrays.fill(equal, 1.0 / experts.size());
    List<float[]> none = java.util.Collections.nCopies(experts.size(), new float[0]);
    return new LabelledExperts(none, experts).blend(equal);
  }
}
