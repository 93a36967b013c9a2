package io.dynadiff.trainer.evaluation;

import io.dynadiff.models.json.CanonicalJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A results file that many commands add to: every run replaces its own earlier one and leaves the
 * others.
 *
 * <p>Not for several threads at once; several processes may {@link #add} to one file.
 */
public final class ResultsTable {

  /** The method that others are compared with. */
  public static final String REFERENCE = "one-per-env";

  /** The method that is tested against others. */
  public static final String OURS = "dynadiff";

  /** Rollouts this short are reported lead by lead. */
  private static final int SHORT_HORIZON = 12;

  /**
   * The file's form.
   *
   * @param command a command that makes the last added run again
   * @param config presets with their settings, by variant, system and name
   * @param seeds all seeds
   * @param machine machine of the last run
   * @param commit commit of the last run
   * @param wallSeconds wall time of all runs
   * @param figures numbers worth tracking
   * @param runs all runs
   */
  public record Content(
      String command,
      SortedMap<String, Object> config,
      List<Long> seeds,
      String machine,
      String commit,
      double wallSeconds,
      SortedMap<String, Double> figures,
      List<MethodRun> runs) {}

  private final Map<MethodRun.Identity, MethodRun> runs = new LinkedHashMap<>();
  private final SortedMap<String, Object> config = new TreeMap<>();
  private String command = "";
  private String machine = "";
  private String commit = "";

  /**
   * Reads a table; an empty one if there is no such file.
   *
   * @throws IllegalArgumentException if the file is not a results table
   */
  public static ResultsTable read(Path file) throws IOException {
    ResultsTable table = new ResultsTable();
    if (Files.exists(file)) {
      Content content = CanonicalJson.read(Files.readString(file), Content.class, file.toString());
      content.runs.forEach(run -> table.runs.put(run.identity(), run));
      table.config.putAll(content.config);
      table.command = content.command;
      table.machine = content.machine;
      table.commit = content.commit;
    }
    return table;
  }

  /**
   * Adds one run to a file, whatever other processes have added to it meanwhile.
   *
   * @param settings the preset that it ran under
   * @return the table as it stands in the file now
   */
  public static ResultsTable add(Path file, MethodRun run, Object settings) throws IOException {
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path lock = absolute.resolveSibling("." + absolute.getFileName() + ".lock");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Held until the channel is closed.
      channel.lock();
      ResultsTable table = read(file);
      table.put(run, settings);
      table.write(file);
      return table;
    }
  }

  /** A finished run of that identity and configuration. */
  public Optional<MethodRun> find(MethodRun.Identity identity, String configuration) {
    return Optional.ofNullable(runs.get(identity))
        .filter(run -> run.configuration().equals(configuration));
  }

  /**
   * Adds a run in place of an earlier one of its identity.
   *
   * @param settings the preset that it ran under
   */
  public void put(MethodRun run, Object settings) {
    runs.put(run.identity(), run);
    config.put(
        (run.variant().isEmpty() ? "" : run.variant() + " ") + run.system() + " " + run.preset(),
        settings);
    command = run.command();
    machine = run.machine();
    commit = run.commit();
  }

  /** All runs: by variant, system, method and seed. */
  public List<MethodRun> runs() {
    return runs.values().stream()
        .sorted(
            Comparator.comparing(MethodRun::variant)
                .thenComparing(MethodRun::system)
                .thenComparing(MethodRun::preset)
                .thenComparing(MethodRun::method)
                .thenComparing(MethodRun::seed))
        .toList();
  }

  /** Writes the file, so that a kill leaves either the old one or the new one. */
  public void write(Path file) throws IOException {
    ResultsFile.replace(
        file,
        CanonicalJson.writePretty(
            new Content(
                command,
                config,
                runs.values().stream().map(MethodRun::seed).distinct().sorted().toList(),
                machine,
                commit,
                runs.values().stream().mapToDouble(MethodRun::wallSeconds).sum(),
                figures(),
                runs())));
  }

  /** Summaries by method of one variant and system, on seen or unseen environments. */
  public Map<String, RunSummary> summaries(String variant, String system, boolean seen) {
    Map<String, List<SplitScores>> scores = new LinkedHashMap<>();
    for (MethodRun run : runs()) {
      if (run.variant().equals(variant) && run.system().equals(system)) {
        scores
            .computeIfAbsent(run.method(), m -> new ArrayList<>())
            .add(seen ? run.seen() : run.unseen());
      }
    }
    Map<String, RunSummary> summaries = new LinkedHashMap<>();
    scores.forEach(
        (method, all) -> {
          List<SplitScores> some = all.stream().filter(s -> !s.environments().isEmpty()).toList();
          if (!some.isEmpty()) {
            summaries.put(method, new RunSummary(some));
          }
        });
    return summaries;
  }

  /** Numbers worth tracking, by dotted name. */
  public SortedMap<String, Double> figures() {
    SortedMap<String, Double> figures = new TreeMap<>();
    record Part(String variant, String system) {}
    for (Part part :
        runs.values().stream().map(r -> new Part(r.variant(), r.system())).distinct().toList()) {
      for (boolean seen : new boolean[] {true, false}) {
        String prefix =
            (part.variant.isEmpty() ? "" : part.variant + ".")
                + part.system
                + (seen ? ".seen." : ".unseen.");
        Map<String, RunSummary> summaries = summaries(part.variant, part.system, seen);
        summaries.forEach(
            (method, summary) -> {
              measures(prefix, method, summary, figures);
              compare(prefix, method, summary, summaries, figures);
            });
      }
    }
    figures.values().removeIf(v -> !Double.isFinite(v));
    return figures;
  }

  private static void measures(
      String prefix, String method, RunSummary summary, Map<String, Double> figures) {
    Comparison.Summary rmse = summary.overEnvironments(SplitScores::rmse);
    figures.put(prefix + "rmse." + method, rmse.mean());
    figures.put(prefix + "rmse-deviation." + method, rmse.deviation());
    figures.put(
        prefix + "rmse-seed-deviation." + method, summary.deviationOverSeeds(SplitScores::rmse));
    figures.put(prefix + "rmse-median." + method, rmse.median());
    Map<String, Function<SplitScores, double[]>> means =
        Map.of(
            "rmse-20", SplitScores::rmse20,
            "rmse-first", SplitScores::rmseFirst,
            "ssim", SplitScores::ssim,
            "ssim-length", SplitScores::ssimLength,
            "diverged", SplitScores::diverged);
    means.forEach(
        (name, column) ->
            figures.put(prefix + name + "." + method, summary.overEnvironments(column).mean()));
    // The median, because the first adaptation of a process pays for loading code.
    figures.put(
        prefix + "adaptation-seconds." + method,
        summary.overEnvironments(SplitScores::adaptationSeconds).median());
    double[] perLead = summary.perLead();
    for (int lead = 3; perLead.length <= SHORT_HORIZON && lead <= perLead.length; lead += 3) {
      figures.put(prefix + "rmse-lead-" + lead + "." + method, perLead[lead - 1]);
    }
  }

  private static void compare(
      String prefix,
      String method,
      RunSummary summary,
      Map<String, RunSummary> all,
      Map<String, Double> figures) {
    RunSummary reference = all.get(REFERENCE);
    if (reference != null) {
      figures.put(
          prefix + "ratio." + method,
          summary.overEnvironments(SplitScores::rmse).mean()
              / reference.overEnvironments(SplitScores::rmse).mean());
    }
    RunSummary ours = all.get(OURS);
    if (ours != null && !Objects.equals(method, OURS)) {
      RunSummary.Difference difference = ours.difference(summary);
      figures.put(prefix + "p-welch." + method, difference.welch());
      figures.put(prefix + "p-paired." + method, difference.paired());
    }
  }
}
