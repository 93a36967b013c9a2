package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.MethodRun;
import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.evaluation.RunSummary;
import io.dynadiff.trainer.evaluation.SplitScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;

/** An experiment's results file as a section of the page: a row for each change, and a chart. */
final class ExperimentSection {

  private final String title;
  private final List<String> order;
  private final ResultsTable table;
  private final Path pictures;
  private final String path;

  /**
   * @param title the experiment's name
   * @param order names of its changes, in order
   * @param table its runs
   * @param pictures where charts are written
   * @param path that directory as the page refers to it
   */
  ExperimentSection(
      String title, List<String> order, ResultsTable table, Path pictures, String path) {
    this.title = title;
    this.order = order;
    this.table = table;
    this.pictures = pictures;
    this.path = path;
  }

  /** Draws the charts and gives the section's Markdown. */
  String text() throws IOException {
    StringBuilder section = new StringBuilder("## Experiment: " + title + "\n\n");
    List<MethodRun> runs = table.runs();
    List<String> systems = runs.stream().map(MethodRun::system).distinct().toList();
    List<String> methods = runs.stream().map(MethodRun::method).distinct().toList();
    for (String system : systems) {
      List<MethodRun> its = runs.stream().filter(r -> r.system().equals(system)).toList();
      section.append(
          String.format(
              Locale.ROOT,
              "%s, RMSE on unseen environments, in parentheses the ratio to `one-per-env` under the"
                  + " same change. `%s`; seeds %s, commit %s, %s, %.0f s in all.%n%n| change |",
              system,
              its.get(0).command(),
              distinct(its, r -> Long.toString(r.seed())),
              distinct(its, MethodRun::commit),
              distinct(its, MethodRun::machine),
              its.stream().mapToDouble(MethodRun::wallSeconds).sum()));
      methods.forEach(m -> section.append(' ').append(m).append(" |"));
      section.append("\n|---|").append("---|".repeat(methods.size())).append('\n');
      List<ScoredChange> changes = ScoredChange.of(table, system, order);
      changes.forEach(change -> row(section, change, system, methods));
      section.append(picture(system, changes));
    }
    return section.toString();
  }

  private String picture(String system, List<ScoredChange> changes) throws IOException {
    Files.createDirectories(pictures);
    String name = title + "-" + system;
    BitmapEncoder.saveBitmap(
        ExperimentChart.chart(title, table, system, changes),
        pictures.resolve(name).toString(),
        BitmapFormat.PNG);
    return String.format(
        "%nBars, on a linear axis, are standard deviations over seeds:%n%n![%s on %s](%s/%s.png)%n%n",
        title, system, path, name);
  }

  private static String distinct(List<MethodRun> runs, Function<MethodRun, String> column) {
    return runs.stream().map(column).distinct().sorted().collect(Collectors.joining(", "));
  }

  private void row(
      StringBuilder section, ScoredChange change, String system, List<String> methods) {
    Map<String, RunSummary> summaries = table.summaries(change.variant(), system, false);
    RunSummary reference = summaries.get(ResultsTable.REFERENCE);
    section.append("| ").append(change.label()).append(" |");
    for (String method : methods) {
      RunSummary summary = summaries.get(method);
      if (summary != null) {
        double rmse = summary.overEnvironments(SplitScores::rmse).mean();
        section.append(String.format(Locale.ROOT, " %.4f", rmse));
        if (reference != null && !method.equals(ResultsTable.REFERENCE)) {
          section.append(
              String.format(
                  Locale.ROOT,
                  " (%.2f)",
                  rmse / reference.overEnvironments(SplitScores::rmse).mean()));
        }
      }
      section.append(" |");
    }
    section.append('\n');
  }
}
