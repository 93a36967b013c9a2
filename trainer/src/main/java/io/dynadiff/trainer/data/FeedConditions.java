package io.dynadiff.trainer.data;

import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.store.ConditionSpan;
import io.dynadiff.trainer.data.FeedSurvey.Stretch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What is known of the conditions that govern the environments of a feed.
 *
 * @param names names of the conditions; none where nothing is known
 * @param units their units
 * @param values values by environment, in the order of the names, NaN where unknown
 */
record FeedConditions(List<String> names, List<String> units, Map<String, double[]> values) {

  private static final Pattern COLUMN = Pattern.compile("([^()]+?)(?:\\s*\\(([^()]+)\\))?");

  /** Nothing. */
  static FeedConditions unknown(FeedSurvey survey) {
    Map<String, double[]> values = new HashMap<>();
    survey.environments().keySet().forEach(id -> values.put(id, new double[0]));
    return new FeedConditions(List.of(), List.of(), values);
  }

  /**
   * What the frames say of themselves.
   *
   * @throws IllegalArgumentException if a condition changes inside an environment
   */
  static FeedConditions stored(FeedSurvey survey) {
    Map<String, List<Condition>> all = new HashMap<>();
    survey.environments().forEach((id, stretches) -> all.put(id, constant(id, stretches)));
    List<Condition> first = all.get(survey.environments().firstKey());
    boolean alike = all.values().stream().allMatch(c -> described(c).equals(described(first)));
    if (!alike) {
      return unknown(survey);
    }
    Map<String, double[]> values = new HashMap<>();
    all.forEach((id, c) -> values.put(id, c.stream().mapToDouble(Condition::value).toArray()));
    return new FeedConditions(
        first.stream().map(Condition::name).toList(),
        first.stream().map(Condition::unit).toList(),
        values);
  }

  private static List<String> described(List<Condition> conditions) {
    return conditions.stream().map(c -> c.name() + " (" + c.unit() + ")").toList();
  }

  private static List<Condition> constant(String id, List<Stretch> stretches) {
    List<Condition> first = stretches.get(0).metadata().conditions().get(0).conditions();
    for (Stretch stretch : stretches) {
      for (ConditionSpan span : stretch.metadata().conditions()) {
        if (!span.conditions().equals(first)) {
          throw new IllegalArgumentException(
              "environment "
                  + id
                  + ": expected the same conditions throughout, found "
                  + first
                  + " at first and "
                  + span.conditions()
                  + " from frame "
                  + span.fromFrame()
                  + " of "
                  + stretch.name()
                  + "; give what is governed differently environments of their own");
        }
      }
    }
    return first;
  }

  /**
   * Reads a CSV: a line of names (environment, then one condition each, with its unit in brackets
   * where it has one), and a line for each environment; lines of others are passed over.
   *
   * @throws IllegalArgumentException if the file is not like that, or lacks an environment
   */
  static FeedConditions read(Path file, FeedSurvey survey) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e, e);
    }
    String[] header = lines.isEmpty() ? new String[0] : cells(lines.get(0));
    if (header.length < 2 || !header[0].equals("environment")) {
      throw new IllegalArgumentException(
          file
              + ": expected a first line like environment,reynolds,inflow (m s-1), found '"
              + String.join(",", header)
              + "'");
    }
    List<String> names = new ArrayList<>();
    List<String> units = new ArrayList<>();
    for (String column : Arrays.asList(header).subList(1, header.length)) {
      Matcher named = COLUMN.matcher(column);
      if (!named.matches() || names.contains(named.group(1))) {
        throw new IllegalArgumentException(
            file + ": expected different names like inflow (m s-1), found '" + column + "'");
      }
      names.add(named.group(1));
      units.add(named.group(2) == null ? "1" : named.group(2));
    }
    Map<String, double[]> values = new HashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = cells(lines.get(i));
      String where = file + ", line " + (i + 1) + ": ";
      if (cells.length != header.length) {
        throw new IllegalArgumentException(
            where + "expected " + header.length + " columns, found " + cells.length);
      }
      double[] numbers =
          IntStream.range(1, cells.length).mapToDouble(k -> number(where, cells[k])).toArray();
      if (values.put(cells[0], numbers) != null) {
        throw new IllegalArgumentException(
            where + "expected every environment once, found " + cells[0] + " again");
      }
    }
    for (String id : survey.environments().keySet()) {
      if (!values.containsKey(id)) {
        throw new IllegalArgumentException(
            file
                + ": expected a line for environment "
                + id
                + ", found "
                + values.keySet()
                + "; an unseen environment may leave its values empty");
      }
    }
    return new FeedConditions(names, units, values);
  }

  private static String[] cells(String line) {
    return Arrays.stream(line.replace("\ufeff", "").split(",", -1))
        .map(String::strip)
        .toArray(String[]::new);
  }

  private static double number(String where, String cell) {
    if (cell.isEmpty()) {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(cell);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The same line says it.
    }
    throw new IllegalArgumentException(
        where + "expected a number or nothing, found '" + cell + "'");
  }

  /**
   * Those that tell the given environments apart: a condition that is alike everywhere does not.
   */
  FeedConditions telling(List<String> environments) {
    int[] kept =
        IntStream.range(0, names.size())
            .filter(
                i ->
                    environments.stream().mapToDouble(id -> values.get(id)[i]).distinct().count()
                        > 1)
            .toArray();
    Map<String, double[]> chosen = new HashMap<>();
    values.forEach((id, v) -> chosen.put(id, Arrays.stream(kept).mapToDouble(i -> v[i]).toArray()));
    return new FeedConditions(
        Arrays.stream(kept).mapToObj(names::get).toList(),
        Arrays.stream(kept).mapToObj(units::get).toList(),
        chosen);
  }

  /** Refuses an unknown value of a seen environment, which training would have to be told. */
  void requireKnown(List<String> environments) {
    for (String id : environments) {
      if (Arrays.stream(values.get(id)).anyMatch(Double::isNaN)) {
        throw new IllegalArgumentException(
            "environment "
                + id
                + ": expected a value of each of "
                + names
                + " since it is trained on, found "
                + Arrays.toString(values.get(id))
                + "; add it, hold the environment out by --unseen, or leave --conditions away");
      }
    }
  }
}
