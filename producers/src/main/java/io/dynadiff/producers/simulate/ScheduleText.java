package io.dynadiff.producers.simulate;

import io.dynadiff.physics.simulation.ConditionSchedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The written form of a schedule: FRAME:NAME=VALUE, comma-separated, with further :NAME=VALUE where
 * several conditions change at once, for example 0:amplitude=0.2:shift=0.5,150:shift=0.9.
 */
final class ScheduleText {
  private static final String VALUE = "\\s*([a-z-]+)\\s*=\\s*(-?\\d{1,9}(?:\\.\\d{1,9})?)\\s*";
  private static final Pattern ENTRY = Pattern.compile("\\s*(\\d{1,18})\\s*((?::" + VALUE + ")+)");
  private static final Pattern ASSIGNMENT = Pattern.compile(":" + VALUE);

  private ScheduleText() {}

  /**
   * Reads a schedule.
   *
   * @param names conditions that may be named
   * @throws IllegalArgumentException if it is malformed, names another condition or one twice, does
   *     not begin at frame 0 or does not rise
   */
  static ConditionSchedule parse(String text, List<String> names) {
    List<ConditionSchedule.Change> changes = new ArrayList<>();
    for (String entry : text.split(",", -1)) {
      Matcher m = ENTRY.matcher(entry);
      if (!m.matches()) {
        throw refusal(names, entry);
      }
      Map<String, Double> values = new HashMap<>();
      Matcher assignments = ASSIGNMENT.matcher(m.group(2));
      while (assignments.find()) {
        String name = assignments.group(1);
        double value = Double.parseDouble(assignments.group(2));
        if (!names.contains(name) || values.put(name, value) != null) {
          throw refusal(names, entry);
        }
      }
      changes.add(new ConditionSchedule.Change(Long.parseLong(m.group(1)), values));
    }
    return new ConditionSchedule(changes);
  }

  private static IllegalArgumentException refusal(List<String> names, String entry) {
    String example = ":" + String.join("=1:", names) + "=1";
    return new IllegalArgumentException(
        "schedule: expected FRAME:NAME=VALUE, comma-separated, each NAME once and one of "
            + names
            + ", like 0"
            + example
            + ",150"
            + example.replace("=1", "=2")
            + ", found '"
            + entry
            + "'");
  }
}
