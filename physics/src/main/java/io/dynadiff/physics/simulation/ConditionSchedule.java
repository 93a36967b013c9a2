package io.dynadiff.physics.simulation;

import java.util.List;
import java.util.Map;

/**
 * Which conditions govern a feed from which frame on.
 *
 * <p>A change at frame n governs the step from frame n to frame n + 1 and all later ones, until the
 * next change; frame n is the first to carry the new values as its conditions. What a change does
 * not name stays as it was, and what nobody named has the system's standard value.
 *
 * <pre>
 *   schedule 0: beta 1.1, 3: beta 1.4
 *   frame      0 ---- 1 ---- 2 ---- 3 ---- 4 ----
 *   beta         1.1    1.1    1.1    1.4    1.4
 * </pre>
 *
 * @param changes changes by rising frame, the first at frame 0
 */
public record ConditionSchedule(List<Change> changes) {

  /**
   * One change.
   *
   * @param frame first frame governed by the values, 0 or more
   * @param values new values by name, finite, at least one
   */
  public record Change(long frame, Map<String, Double> values) {

    public Change {
      values = Map.copyOf(values);
      if (frame < 0 || values.isEmpty()) {
        throw new IllegalArgumentException(
            "schedule: expected a frame from 0 on and at least one condition, found frame "
                + frame
                + " with "
                + values.size());
      }
      values.forEach(
          (name, value) -> {
            if (!Double.isFinite(value)) {
              throw new IllegalArgumentException(
                  "schedule: expected a finite " + name + ", found " + value);
            }
          });
    }
  }

  public ConditionSchedule {
    changes = List.copyOf(changes);
    if (changes.isEmpty() || changes.get(0).frame() != 0) {
      throw new IllegalArgumentException(
          "schedule: expected first conditions at frame 0, found "
              + (changes.isEmpty() ? "no change" : "frame " + changes.get(0).frame()));
    }
    for (int i = 1; i < changes.size(); i++) {
      if (changes.get(i).frame() <= changes.get(i - 1).frame()) {
        throw new IllegalArgumentException(
            "schedule: expected rising frames, found "
                + changes.get(i).frame()
                + " after "
                + changes.get(i - 1).frame());
      }
    }
  }

  /** The same conditions throughout. */
  public static ConditionSchedule constant(Map<String, Double> values) {
    return new ConditionSchedule(List.of(new Change(0, values)));
  }

  /**
   * Values that govern the step from a frame to the next, in the order of the kinds.
   *
   * @throws IllegalArgumentException if the schedule names a condition that is not among the kinds
   */
  public double[] at(long frame, List<ConditionKind> kinds) {
    List<String> names = kinds.stream().map(ConditionKind::name).toList();
    double[] values = kinds.stream().mapToDouble(ConditionKind::standard).toArray();
    for (Change change : changes) {
      for (Map.Entry<String, Double> value : change.values().entrySet()) {
        int at = names.indexOf(value.getKey());
        if (at < 0) {
          throw new IllegalArgumentException(
              "schedule: expected conditions among " + names + ", found " + value.getKey());
        }
        if (change.frame() <= frame) {
          values[at] = value.getValue();
        }
      }
    }
    return values;
  }

  /**
   * Checks that conditions which cannot change keep their values.
   *
   * @throws IllegalArgumentException if one changes; names both values
   */
  public void requireFixed(List<ConditionKind> kinds) {
    double[] first = at(0, kinds);
    for (Change change : changes) {
      double[] values = at(change.frame(), kinds);
      for (int i = 0; i < values.length; i++) {
        if (!kinds.get(i).changeable() && values[i] != first[i]) {
          throw new IllegalArgumentException(
              "schedule: "
                  + kinds.get(i).name()
                  + " cannot change while a feed runs: expected "
                  + first[i]
                  + " as at frame 0, found "
                  + values[i]
                  + " at frame "
                  + change.frame()
                  + "; publish another feed for it");
        }
      }
    }
  }
}
