package io.dynadiff.models.metrics;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of an ensemble of fields against the truth, all in physical units, axes [channel, y, x],
 * after field normalisation. Pure.
 */
public final class EnsembleMetrics {

  private EnsembleMetrics() {}

  /**
   * Fair continuous ranked probability score, mean over points and channels.
   *
   * <p>With M members x and truth y it is, at each point,
   *
   * <pre>
   *   1/M sum |x_i - y|  -  1/(2 M (M - 1)) sum sum |x_i - x_j|
   * </pre>
   *
   * whose expectation is the score of the distribution that the members are drawn from, whatever
   * their number (Ferro 2014, Fair scores for ensemble forecasts); it may be negative for one case.
   *
   * @param members at least two fields
   * @param truth the field they are scored against
   */
  public static double fairCrps(
      FieldShape shape, FieldNormalisation normalisation, List<float[]> members, float[] truth) {
    int count = members.size();
    if (count < 2) {
      throw new IllegalArgumentException(
          "fair CRPS: expected at least 2 members, found " + count + "; score its absolute error");
    }
    double sum = 0;
    double[] values = new double[count];
    for (int c = 0, i = 0; c < shape.channels(); c++) {
      double scale = normalisation.scales()[c];
      for (int p = 0; p < shape.points(); p++, i++) {
        for (int m = 0; m < count; m++) {
          values[m] = members.get(m)[i];
        }
        sum += fairCrps(values, truth[i]) / scale;
      }
    }
    return sum / shape.size();
  }

  /** The same of numbers; sorts the members. */
  static double fairCrps(double[] members, double truth) {
    int count = members.length;
    Arrays.sort(members);
    double error = 0;
    double pairs = 0;
    for (int m = 0; m < count; m++) {
      error += Math.abs(members[m] - truth);
      // In sorted order the m-th value is the larger one of m pairs and the smaller of the rest.
      pairs += (2.0 * m - count + 1) * members[m];
    }
    return error / count - pairs / ((double) count * (count - 1));
  }

  /**
   * Root mean square over points and channels of a standard deviation.
   *
   * @param spread standard deviation in physical units
   */
  public static double normalisedSpread(
      FieldShape shape, FieldNormalisation normalisation, float[] spread) {
    double sum = 0;
    for (int c = 0, i = 0; c < shape.channels(); c++) {
      for (int p = 0; p < shape.points(); p++, i++) {
        double deviation = spread[i] / normalisation.scales()[c];
        sum += deviation * deviation;
      }
    }
    return Math.sqrt(sum / shape.size());
  }

  /**
   * Spread-skill ratio, 1 on average over many cases where members and truth are drawn alike.
   *
   * <p>The factor corrects for the error that a mean over few members has of itself (Fortin et al.
   * 2014, Why should ensemble spread match the RMSE of the ensemble mean?).
   *
   * @param members number of members, at least 2
   * @param spread normalised spread, with the variance divided by members - 1
   * @param error normalised root mean square error of their mean, positive
   */
  public static double spreadSkill(int members, double spread, double error) {
    return Math.sqrt((members + 1.0) / members) * spread / error;
  }
}
