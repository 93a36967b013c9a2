package io.dynadiff.trainer.evaluation;

import io.dynadiff.models.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of costs to which measurements of several systems are added: a system's own earlier one is
 * replaced, the others stay.
 */
public final class CostTable {

  /**
   * A measurement.
   *
   * @param command the command that makes it again
   * @param seed seed of the training
   * @param machine machine that it ran on
   * @param commit version that measured
   * @param wallSeconds how long measuring took
   */
  public record Measurement(
      String command, long seed, String machine, String commit, double wallSeconds) {}

  /**
   * The file's form.
   *
   * @param command command of the last measurement
   * @param config settings by system
   * @param seeds all seeds
   * @param machine machine of the last measurement
   * @param commit commit of the last measurement
   * @param wallSeconds wall time of all measurements
   * @param figures numbers by dotted name, the system first
   * @param measurements measurements by system
   */
  public record Content(
      String command,
      SortedMap<String, Object> config,
      List<Long> seeds,
      String machine,
      String commit,
      double wallSeconds,
      SortedMap<String, Double> figures,
      SortedMap<String, Measurement> measurements) {}

  private final SortedMap<String, Measurement> measurements = new TreeMap<>();
  private final SortedMap<String, Object> config = new TreeMap<>();
  private final SortedMap<String, Double> figures = new TreeMap<>();
  private String last = "";

  /**
   * Reads a table; an empty one if there is no such file.
   *
   * @throws IllegalArgumentException if the file is not a table of costs
   */
  public static CostTable read(Path file) throws IOException {
    CostTable table = new CostTable();
    if (Files.exists(file)) {
      Content content = CanonicalJson.read(Files.readString(file), Content.class, file.toString());
      table.measurements.putAll(content.measurements);
      table.figures.putAll(content.figures);
      table.config.putAll(content.config);
    }
    return table;
  }

  /**
   * Adds a measurement in place of an earlier one.
   *
   * @param name the system, with another preset than the laptop's before it and a dot
   * @param settings of the training and of what it was compared with
   * @param found numbers by dotted name, without the system
   */
  public void put(
      String name, Measurement measurement, Object settings, Map<String, Double> found) {
    measurements.put(name, measurement);
    config.put(name, settings);
    figures.keySet().removeIf(figure -> figure.startsWith(name + "."));
    found.forEach((figure, value) -> figures.put(name + "." + figure, value));
    last = name;
  }

  /** Measurements by name. */
  public SortedMap<String, Measurement> measurements() {
    return measurements;
  }

  /** The numbers of one measurement, by dotted name without the system. */
  public SortedMap<String, Double> figures(String name) {
    SortedMap<String, Double> own = new TreeMap<>();
    figures.forEach(
        (figure, value) -> {
          if (figure.startsWith(name + ".")) {
            own.put(figure.substring(name.length() + 1), value);
          }
        });
    return own;
  }

  /**
   * Writes the table.
   *
   * @throws IllegalStateException if nothing was added
   */
  public void write(Path file) throws IOException {
    Measurement newest = measurements.get(last);
    if (newest == null) {
      throw new IllegalStateException("costs: expected a measurement to write, found none");
    }
    ResultsFile.replace(
        file,
        CanonicalJson.writePretty(
            new Content(
                newest.command(),
                config,
                measurements.values().stream().map(Measurement::seed).distinct().sorted().toList(),
                newest.machine(),
                newest.commit(),
                measurements.values().stream().mapToDouble(Measurement::wallSeconds).sum(),
                figures,
                measurements)));
  }
}
