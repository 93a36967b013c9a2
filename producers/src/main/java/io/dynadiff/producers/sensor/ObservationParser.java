package io.dynadiff.producers.sensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads observations from the lines of one stream: JSON objects, or CSV under a line of column
 * names; the first line tells which.
 *
 * <p>Belongs to one stream and one thread.
 */
final class ObservationParser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "time", List.of("time"),
          "station", List.of("station"),
          "latitude", List.of("latitude", "lat"),
          "longitude", List.of("longitude", "lon"));

  private final List<String> valueNames;
  private boolean json;
  private Map<String, Integer> columns;
  private int columnCount;

  /**
   * Makes a parser.
   *
   * @param variable another name for the column "value"
   */
  ObservationParser(String variable) {
    this.valueNames = List.of("value", variable);
  }

  /** A first line that is neither JSON nor the column names that are needed. */
  static final class HeaderException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    HeaderException(String message) {
      super(message);
    }
  }

  /**
   * Reads one line; empty for blank lines and the line of column names.
   *
   * @throws HeaderException if the first line makes the rest of the stream meaningless
   * @throws IllegalArgumentException if the line is no observation; the message says why
   */
  Optional<Observation> parse(String line) {
    if (line.isBlank()) {
      return Optional.empty();
    }
    if (columns == null && !json) {
      json = line.stripLeading().startsWith("{");
      if (!json) {
        columns = header(line);
        return Optional.empty();
      }
    }
    return Optional.of(json ? fromJson(line) : fromCsv(line));
  }

  private Map<String, Integer> header(String line) {
    List<String> found =
        Arrays.stream(line.replace("\ufeff", "").split(",", -1))
            .map(name -> unquoted(name).toLowerCase(Locale.ROOT))
            .toList();
    columnCount = found.size();
    return List.of("time", "station", "latitude", "longitude", "value").stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                wanted ->
                    names(wanted).stream()
                        .map(name -> found.indexOf(name.toLowerCase(Locale.ROOT)))
                        .filter(i -> i >= 0)
                        .findFirst()
                        .orElseThrow(
                            () ->
                                new HeaderException(
                                    "expected JSON objects, or CSV with the columns time, station,"
                                        + " latitude, longitude and "
                                        + String.join(" or ", valueNames)
                                        + ", found no "
                                        + wanted
                                        + " in '"
                                        + shortened(line)
                                        + "'"))));
  }

  private List<String> names(String wanted) {
    return NAMES.getOrDefault(wanted, valueNames);
  }

  private Observation fromCsv(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != columnCount) {
      throw new IllegalArgumentException(
          "expected " + columnCount + " columns, found " + cells.length);
    }
    return observation(wanted -> unquoted(cells[columns.get(wanted)]));
  }

  private Observation fromJson(String line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected a JSON object: " + e.getOriginalMessage(), e);
    }
    return observation(
        wanted ->
            names(wanted).stream()
                .map(node::path)
                .filter(JsonNode::isValueNode)
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException(wanted + ": expected one, found none"))
                .asText());
  }

  private static Observation observation(Function<String, String> cell) {
    return new Observation(
        cell.apply("station"),
        time(cell.apply("time")),
        number("latitude", cell.apply("latitude")),
        number("longitude", cell.apply("longitude")),
        number("value", cell.apply("value")));
  }

  private static long time(String text) {
    try {
      return text.matches("-?\\d{1,15}")
          ? Long.parseLong(text)
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "time: expected 2019-03-01T12:00:00Z or milliseconds since 1970, found '"
              + shortened(text)
              + "'",
          e);
    }
  }

  private static double number(String what, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          what + ": expected a number, found '" + shortened(text) + "'", e);
    }
  }

  private static String unquoted(String cell) {
    String text = cell.trim();
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
