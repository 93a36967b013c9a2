package io.dynadiff.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as people write them: 90s, 2m, 1h30m. */
public final class DurationText implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      Duration duration = Duration.parse("PT" + text.strip().toUpperCase(Locale.ROOT));
      if (!duration.isNegative() && !duration.isZero()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw new TypeConversionException(
        "expected a duration like 90s, 2m or 1h30m, found '%s'".formatted(text));
  }
}
