package io.dynadiff.physics.store;

import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.FieldDescription;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions in force from a frame on, until the next span.
 *
 * @param fromFrame first frame, 0 or more
 * @param conditions the conditions, empty where unknown
 */
public record ConditionSpan(long fromFrame, List<Condition> conditions) {

  public ConditionSpan {
    if (fromFrame < 0 || conditions == null) {
      throw new IllegalArgumentException(
          "condition span: expected a first frame from 0 on and conditions, found "
              + fromFrame
              + " and "
              + conditions);
    }
    conditions = List.copyOf(conditions);
  }

  /** The spans of a series: one more wherever its conditions change. */
  static List<ConditionSpan> of(FieldDescription series, long length) {
    List<ConditionSpan> spans = new ArrayList<>();
    for (long frame = 0; frame < length; frame++) {
      List<Condition> conditions = series.conditions(frame);
      if (spans.isEmpty() || !spans.get(spans.size() - 1).conditions().equals(conditions)) {
        spans.add(new ConditionSpan(frame, conditions));
      }
    }
    return spans;
  }
}
