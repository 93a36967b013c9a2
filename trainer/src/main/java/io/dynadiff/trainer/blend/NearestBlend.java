package io.dynadiff.trainer.blend;

import java.util.List;

/** The expert whose environment has the nearest conditions, alone. */
public final class NearestBlend implements ExpertBlend {

  private final List<float[]> conditions;

  public NearestBlend(LabelledExperts experts) {
    this.conditions = experts.conditions();
  }

  @Override
  public double[] shares(float[] encoded) {
    int nearest = 0;
    for (int i = 1; i < conditions.size(); i++) {
      if (distance(conditions.get(i), encoded) < distance(conditions.get(nearest), encoded)) {
        nearest = i;
      }
    }
    double[] shares = new double[conditions.size()];
    shares[nearest] = 1;
    return shares;
  }

  /** Euclidean distance. */
  static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
