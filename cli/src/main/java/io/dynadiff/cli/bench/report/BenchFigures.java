package io.dynadiff.cli.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A results file of measurements.
 *
 * @param command the command that made it
 * @param machine where
 * @param commit of which sources
 * @param threads how many threads experts were measured with; 0 where they were not
 * @param figures numbers by name
 */
record BenchFigures(
    String command, String machine, String commit, int threads, SortedMap<String, Double> figures) {

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is no results file
   */
  static BenchFigures read(Path file) throws IOException {
    JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(file));
    if (!root.path("figures").isObject()) {
      throw new IOException(
          file + ": expected a results file with figures, found none; run `dynadiff bench`");
    }
    SortedMap<String, Double> figures = new TreeMap<>();
    root.path("figures")
        .properties()
        .forEach(e -> figures.put(e.getKey(), e.getValue().asDouble()));
    return new BenchFigures(
        root.path("command").asText(),
        root.path("machine").asText(),
        root.path("commit").asText(),
        root.path("config").path("threads").asInt(),
        figures);
  }

  Optional<Double> get(String name) {
    return Optional.ofNullable(figures.get(name));
  }

  boolean has(String name) {
    return figures.containsKey(name);
  }

  /** A number as text, or nothing where there is none. */
  String text(String format, String name) {
    return get(name).map(value -> String.format(Locale.ROOT, format, value)).orElse("");
  }

  /**
   * Figures that differ in a number within their names, by that number.
   *
   * @param before what stands before it
   * @param after what stands after it, to the end of the name
   */
  SortedMap<Integer, Double> numbered(String before, String after) {
    Pattern pattern = Pattern.compile(Pattern.quote(before) + "(\\d+)" + Pattern.quote(after));
    SortedMap<Integer, Double> found = new TreeMap<>();
    for (Map.Entry<String, Double> figure : figures.entrySet()) {
      Matcher matcher = pattern.matcher(figure.getKey());
      if (matcher.matches()) {
        found.put(Integer.valueOf(matcher.group(1)), figure.getValue());
      }
    }
    return found;
  }

  /** Figures that differ in a part of their names, by that part. */
  SortedMap<String, Double> named(String before, String after) {
    SortedMap<String, Double> found = new TreeMap<>();
    figures.forEach(
        (name, value) -> {
          if (name.startsWith(before) && name.endsWith(after)) {
            found.put(name.substring(before.length(), name.length() - after.length()), value);
          }
        });
    return found;
  }
}
