package io.dynadiff.streams.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One setting of the roles: its name, what it may be, and what it is where nothing is said.
 *
 * @param key for example {@code adapt.grace-intervals}; the parts before the dots are sections of
 *     the file
 * @param kind what its value is
 * @param unit of a number, for example milliseconds; empty where there is none
 * @param range of a number, empty for other kinds
 * @param choices of a {@link Kind#CHOICE}, in lower case
 * @param fallback its default as text; empty if there is none
 * @param description what it does, one sentence without a full stop
 */
record Setting(
    String key,
    Kind kind,
    String unit,
    Optional<Range> range,
    List<String> choices,
    String fallback,
    String description) {

  /** What the value of a setting is. */
  enum Kind {
    WHOLE,
    NUMBER,
    FLAG,
    CHOICE,
    TEXT,
    /** Texts, comma-separated where there is one line for them. */
    LIST
  }

  /** A whole number that fits 32 bits unless its range says more. */
  static Setting whole(String key, String unit, long fallback, Range range, String description) {
    return new Setting(
        key, Kind.WHOLE, unit, Optional.of(range.whole()), List.of(), "" + fallback, description);
  }

  static Setting number(String key, double fallback, Range range, String description) {
    return new Setting(
        key, Kind.NUMBER, "", Optional.of(range), List.of(), "" + fallback, description);
  }

  static Setting flag(String key, boolean fallback, String description) {
    return new Setting(
        key, Kind.FLAG, "", Optional.empty(), List.of("true", "false"), "" + fallback, description);
  }

  static Setting choice(String key, String fallback, List<String> choices, String description) {
    return new Setting(key, Kind.CHOICE, "", Optional.empty(), choices, fallback, description);
  }

  static Setting text(String key, String fallback, String description) {
    return new Setting(key, Kind.TEXT, "", Optional.empty(), List.of(), fallback, description);
  }

  static Setting list(String key, String fallback, String description) {
    return new Setting(key, Kind.LIST, "", Optional.empty(), List.of(), fallback, description);
  }

  /** The same without a default. */
  Setting withoutDefault() {
    return new Setting(key, kind, unit, range, choices, "", description);
  }

  /** What a value must be, as messages say it. */
  String expected() {
    return switch (kind) {
      case WHOLE -> "a whole number" + of(unit) + ", " + range.orElseThrow();
      case NUMBER -> "a number" + of(unit) + ", " + range.orElseThrow();
      case FLAG, CHOICE -> "one of " + String.join(", ", choices);
      case TEXT -> "a text that is not empty";
      case LIST -> "at least one text, several comma-separated";
    };
  }

  /** Whether a value is possible. */
  boolean accepts(String value) {
    try {
      return switch (kind) {
        case WHOLE -> range.orElseThrow().contains(Long.parseLong(value));
        case NUMBER -> range.orElseThrow().contains(Double.parseDouble(value));
        case FLAG, CHOICE -> choices.stream().anyMatch(value::equalsIgnoreCase);
        case TEXT -> !value.isBlank() || fallback.isEmpty();
        case LIST -> Arrays.stream(value.split(",")).anyMatch(part -> !part.isBlank());
      };
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String of(String unit) {
    return unit.isEmpty() ? "" : " of " + unit;
  }
}
