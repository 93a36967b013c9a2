package io.dynadiff.producers.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Option;

/** Options for a span of event time. */
public final class EventTime {

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "First instant, inclusive: 2019-03-21 or 2019-03-21T06:00:00Z.")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Last instant, exclusive.")
  private String to;

  /**
   * From an instant on, up to another.
   *
   * @param first first instant, inclusive, milliseconds since 1970-01-01T00:00Z
   * @param end last instant, exclusive
   */
  public record Span(long first, long end) {}

  /**
   * The span, without bounds where none are given.
   *
   * @throws IllegalArgumentException if one is no time, or they hold nothing
   */
  public Span span() {
    long first = from == null ? Long.MIN_VALUE : millis("--from", from);
    long end = to == null ? Long.MAX_VALUE : millis("--to", to);
    if (first >= end) {
      throw new IllegalArgumentException(
          "time span: expected --from before --to, found " + from + " and " + to);
    }
    return new Span(first, end);
  }

  private static long millis(String option, String text) {
    try {
      return text.length() == "2019-03-21".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
          : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          option
              + ": expected a time like 2019-03-21 or 2019-03-21T06:00:00Z, found '"
              + text
              + "'",
          e);
    }
  }
}
