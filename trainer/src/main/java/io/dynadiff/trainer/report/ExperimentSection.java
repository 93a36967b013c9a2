package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.MethodRun;
import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.evaluation.RunSummary;
import io.dynadiff.trainer.evaluation.SplitScores;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An experiment's results file as a section of the page: a row for each change. */
final class ExperimentSection {

  private final String title;
  private final ResultsTable table;

  ExperimentSection(String title, ResultsTable table) {
    this.title = title;
    this.table = table;
  }

  String text() {
    StringBuilder section = new StringBuilder("## Experiment: " + title + "\n\n");
    List<MethodRun> runs = table.runs();
    List<String> systems = runs.stream().map(MethodRun::system).distinct().toList();
    List<String> methods = runs.stream().map(MethodRun::method).distinct().toList();
    for (String system : systems) {
      MethodRun any =
          runs.stream().filter(r -> r.system().equals(system)).findFirst().orElseThrow();
      section.append(
          String.format(
              Locale.ROOT,
              "%s, RMSE on unseen environments, in parentheses the ratio to `one-per-env` under the"
                  + " same change. `%s`, commit %s, %s.%n%n| change |",
              system,
              any.command(),
              any.commit(),
              any.machine()));
      methods.forEach(m -> section.append(' ').append(m).append(" |"));
      section.append("\n|---|").append("---|".repeat(methods.size())).append('\n');
      runs.stream()
          .filter(r -> r.system().equals(system))
          .map(MethodRun::variant)
          .distinct()
          .sorted(new NaturalOrder())
          .forEach(variant -> row(section, variant, system, methods));
      section.append('\n');
    }
    return section.toString();
  }

  private void row(StringBuilder section, String variant, String system, List<String> methods) {
    Map<String, RunSummary> summaries = table.summaries(variant, system, false);
    RunSummary reference = summaries.get(ResultsTable.REFERENCE);
    section.append("| ").append(variant).append(" |");
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
