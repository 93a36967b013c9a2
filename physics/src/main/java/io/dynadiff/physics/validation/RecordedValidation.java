package io.dynadiff.physics.validation;

import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import java.nio.file.Path;

/** Measures what the readers make of recorded files whose content is known. */
public final class RecordedValidation {

  private RecordedValidation() {}

  /**
   * Numbers that tell a field from another.
   *
   * @param times number of slices
   * @param first value of the first slice in its first row and column
   * @param last value of the last slice in its last row and column
   * @param lowest least value
   * @param highest greatest value
   * @param mean mean of all values
   */
  public record Content(
      int times, double first, double last, double lowest, double highest, double mean) {}

  /** Reads the whole of a variable. */
  public static Content content(Path file, String variable) {
    try (RecordedFields fields = RecordedFields.open(file)) {
      RecordedField field = fields.variable(variable);
      double sum = 0;
      long count = 0;
      double lowest = Double.MAX_VALUE;
      double highest = -Double.MAX_VALUE;
      float[] slice = {};
      for (int t = 0; t < field.timeCount(); t++) {
        slice = field.slice(t);
        for (float value : slice) {
          sum += value;
          lowest = Math.min(lowest, value);
          highest = Math.max(highest, value);
        }
        count += slice.length;
      }
      float first = field.slice(0)[0];
      return new Content(
          field.timeCount(), first, slice[slice.length - 1], lowest, highest, sum / count);
    }
  }

  /**
   * Largest distance between the values of two files at the same time and place.
   *
   * @return NaN where the files differ in grid or times
   */
  public static double largestDifference(Path one, Path other, String variable) {
    try (RecordedFields oneFields = RecordedFields.open(one);
        RecordedFields otherFields = RecordedFields.open(other)) {
      RecordedField a = oneFields.variable(variable);
      RecordedField b = otherFields.variable(variable);
      if (!a.grid().equals(b.grid()) || a.timeCount() != b.timeCount()) {
        return Double.NaN;
      }
      double largest = 0;
      for (int t = 0; t < a.timeCount(); t++) {
        if (a.timeMillis(t) != b.timeMillis(t)) {
          return Double.NaN;
        }
        float[] x = a.slice(t);
        float[] y = b.slice(t);
        for (int i = 0; i < x.length; i++) {
          largest = Math.max(largest, Math.abs(x[i] - y[i]));
        }
      }
      return largest;
    }
  }
}
