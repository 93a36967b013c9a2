package io.dynadiff.streams.verify;

import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of a forecast, checked against each other: nothing else stands between the topic and
 * the stores, and one forecast that cannot be read must not stop those of others.
 *
 * @param leads how many leads there are
 * @param mean axes [lead, ...]
 * @param spread axes as mean, or null
 * @param members axes [member, lead, ...], or null
 * @param retired mean of the retired expert, axes as mean, or null
 */
record ForecastFields(int leads, float[] mean, float[] spread, float[] members, float[] retired) {

  /**
   * Reads them.
   *
   * @param key the record's key
   * @throws IllegalArgumentException if the forecast contradicts itself; says where
   */
  static ForecastFields of(String key, Forecast forecast) {
    if (!forecast.getEnvironmentId().equals(key)) {
      throw new IllegalArgumentException(
          "environmentId: expected the key \"%s\", found \"%s\""
              .formatted(key, forecast.getEnvironmentId()));
    }
    List<Integer> steps = forecast.getLeadSteps();
    int before = 0;
    for (int step : steps) {
      if (step <= before) {
        throw new IllegalArgumentException(
            "leadSteps: expected rising numbers from 1, found " + steps);
      }
      before = step;
    }
    if (steps.isEmpty()
        || forecast.getIssueSequence() < 0
        || forecast.getIssueSequence() > Long.MAX_VALUE - before) {
      throw new IllegalArgumentException(
          "expected leads and an issueSequence of at least 0, found %d leads and %d"
              .formatted(steps.size(), forecast.getIssueSequence()));
    }
    if (forecast.getMembers() < (forecast.getMemberFields() == null ? 1 : 2)) {
      throw new IllegalArgumentException(
          "members: expected at least 1, and 2 whose fields are given, found "
              + forecast.getMembers());
    }
    float[] mean = TensorCodec.decode(forecast.getMean());
    if (mean.length % steps.size() != 0) {
      throw new IllegalArgumentException(
          "mean: expected a field for each of %d leads, found %d values"
              .formatted(steps.size(), mean.length));
    }
    float[] spread = decode("spread", forecast.getSpread(), mean.length);
    if (spread != null && forecast.getSpreadFactors().size() != steps.size()) {
      throw new IllegalArgumentException(
          "spreadFactors: expected %d, found %d"
              .formatted(steps.size(), forecast.getSpreadFactors().size()));
    }
    float[] memberFields =
        decode(
            "memberFields", forecast.getMemberFields(), (long) mean.length * forecast.getMembers());
    Tensor retiredMean = forecast.getRetired() == null ? null : forecast.getRetired().getMean();
    float[] retired = decode("retired.mean", retiredMean, mean.length);
    return new ForecastFields(steps.size(), mean, spread, memberFields, retired);
  }

  /** Values of a tensor of a size; null for null. */
  private static float[] decode(String name, Tensor tensor, long size) {
    if (tensor == null) {
      return null;
    }
    float[] values = TensorCodec.decode(tensor);
    if (values.length != size) {
      throw new IllegalArgumentException(
          "%s: expected %d values, found %d".formatted(name, size, values.length));
    }
    return values;
  }

  /** One lead of fields with axes [lead, ...]. */
  float[] atLead(float[] fields, int lead) {
    int size = mean.length / leads;
    return Arrays.copyOfRange(fields, lead * size, (lead + 1) * size);
  }

  /** One lead of all members, axes [member, ...]. */
  float[] membersAtLead(int lead) {
    int size = mean.length / leads;
    int count = members.length / mean.length;
    float[] fields = new float[count * size];
    for (int m = 0; m < count; m++) {
      System.arraycopy(members, (m * leads + lead) * size, fields, m * size, size);
    }
    return fields;
  }
}
