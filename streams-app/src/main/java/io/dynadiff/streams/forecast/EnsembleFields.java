package io.dynadiff.streams.forecast;

import java.util.List;

/**
 * Rollouts of the members of an ensemble, {@code [lead - 1]} of fields in physical units, axes
 * [channel, y, x].
 *
 * @param members one rollout per member, at least one
 * @param mean mean over the members
 * @param spread standard deviation over the members, with the variance divided by members - 1, or
 *     null for a single member
 */
record EnsembleFields(List<float[][]> members, float[][] mean, float[][] spread) {

  /** Computes mean and spread of rollouts of equal shape. */
  static EnsembleFields of(List<float[][]> members) {
    if (members.size() == 1) {
      return new EnsembleFields(members, members.get(0), null);
    }
    int leads = members.get(0).length;
    float[][] mean = new float[leads][];
    float[][] spread = new float[leads][];
    for (int lead = 0; lead < leads; lead++) {
      int size = members.get(0)[lead].length;
      mean[lead] = new float[size];
      spread[lead] = new float[size];
      for (int i = 0; i < size; i++) {
        double sum = 0;
        for (float[][] member : members) {
          sum += member[lead][i];
        }
        double centre = sum / members.size();
        double squares = 0;
        for (float[][] member : members) {
          double deviation = member[lead][i] - centre;
          squares += deviation * deviation;
        }
        mean[lead][i] = (float) centre;
        spread[lead][i] = (float) Math.sqrt(squares / (members.size() - 1));
      }
    }
    return new EnsembleFields(List.copyOf(members), mean, spread);
  }
}
