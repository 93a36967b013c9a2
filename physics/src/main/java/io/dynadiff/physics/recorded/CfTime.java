package io.dynadiff.physics.recorded;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CF time units, for example "hours since 1900-01-01 00:00:00.0".
 *
 * @param unitMillis length of the unit in milliseconds
 * @param originMillis the reference instant, milliseconds since 1970-01-01T00:00Z
 */
record CfTime(long unitMillis, long originMillis) {
  private static final Pattern UNITS =
      Pattern.compile(
          "\\s*(\\w+)\\s+since\\s+(\\d{4})-(\\d{1,2})-(\\d{1,2})"
              + "(?:[T ]+(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.0*)?)?)?\\s*(?:Z|UTC|\\+?00:?00)?\\s*");
  private static final Set<String> CALENDARS =
      Set.of("standard", "gregorian", "proleptic_gregorian");

  /** From 1582-10-15 on, all accepted calendars are the same one. */
  private static final LocalDate GREGORIAN_START = LocalDate.of(1582, 10, 15);

  /**
   * Reads units and calendar.
   *
   * @throws IllegalArgumentException if either is not understood; the message names it
   */
  static CfTime parse(String units, String calendar) {
    if (!CALENDARS.contains(calendar.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "expected a calendar of " + CALENDARS + ", found " + calendar);
    }
    Matcher m = UNITS.matcher(units);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "expected time units like 'hours since 1900-01-01 00:00:00', found '" + units + "'");
    }
    long unit =
        switch (m.group(1).toLowerCase(Locale.ROOT)) {
          case "milliseconds", "millisecond", "msec", "ms" -> 1;
          case "seconds", "second", "sec", "s" -> 1000;
          case "minutes", "minute", "min" -> 60_000;
          case "hours", "hour", "hr", "h" -> 3_600_000;
          case "days", "day", "d" -> 86_400_000;
          default ->
              throw new IllegalArgumentException(
                  "expected time in seconds, minutes, hours or days, found '" + units + "'");
        };
    try {
      LocalDate date = LocalDate.of(number(m, 2), number(m, 3), number(m, 4));
      if (date.isBefore(GREGORIAN_START)) {
        throw new IllegalArgumentException(
            "expected a reference date from " + GREGORIAN_START + " on, found '" + units + "'");
      }
      LocalDateTime origin = date.atTime(number(m, 5), number(m, 6), number(m, 7));
      return new CfTime(unit, origin.toInstant(ZoneOffset.UTC).toEpochMilli());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no such reference date: '" + units + "'", e);
    }
  }

  private static int number(Matcher m, int group) {
    return m.group(group) == null ? 0 : Integer.parseInt(m.group(group));
  }

  /** Milliseconds since 1970-01-01T00:00Z of a stored value, rounded to the millisecond. */
  long millis(double value) {
    return Math.addExact(originMillis, Math.round(value * unitMillis));
  }
}
