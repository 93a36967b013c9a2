package io.dynadiff.producers.simulate;

import io.dynadiff.physics.lambdaomega.BetaSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of a schedule: FRAME:beta=VALUE, comma-separated, for example 0:beta=1.1. */
final class ScheduleText {
  private static final Pattern ENTRY =
      Pattern.compile("\\s*(\\d{1,18})\\s*:\\s*beta\\s*=\\s*(-?\\d{1,9}(?:\\.\\d{1,9})?)\\s*");

  private ScheduleText() {}

  /**
   * Reads a schedule.
   *
   * @throws IllegalArgumentException if it is malformed, does not begin at frame 0 or does not rise
   */
  static BetaSchedule parse(String text) {
    List<BetaSchedule.Change> changes = new ArrayList<>();
    for (String entry : text.split(",", -1)) {
      Matcher m = ENTRY.matcher(entry);
      if (!m.matches()) {
        throw new IllegalArgumentException(
            "schedule: expected FRAME:beta=VALUE, comma-separated, like 0:beta=1.1,150:beta=1.4,"
                + " found '"
                + entry
                + "'");
      }
      changes.add(
          new BetaSchedule.Change(Long.parseLong(m.group(1)), Double.parseDouble(m.group(2))));
    }
    return new BetaSchedule(changes);
  }
}
