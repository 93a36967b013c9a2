package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.Comparison;
import io.dynadiff.trainer.evaluation.MethodRun;
import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.evaluation.RunSummary;
import io.dynadiff.trainer.evaluation.SplitScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The comparison of all methods as a page of text with tables. */
final class ResultsPage {

  /** Rollouts this short are shown lead by lead. */
  private static final int SHORT_HORIZON = 12;

  /** The order of rows, and what each method is. */
  private static final Map<String, String> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put("one-per-env", "base fine-tuned on the environment's own training data");
    METHODS.put("dynadiff", "generated expert, candidates as in the bundle");
    METHODS.put("dynadiff-paper", "the same with the paper's settings");
    METHODS.put("dynadiff-samples", "best diffusion sample on the window");
    METHODS.put("dynadiff-average", "the same, the samples' mean weights among the candidates");
    METHODS.put("prompt-regression", "prompt to latent by regression, same decoder");
    METHODS.put("dynadiff-search", "the same, conditions refined on the window where set");
    METHODS.put("dynadiff-interpolated", "interpolated latents of the zoo, same decoder");
    METHODS.put("dynadiff-polished", "the regressed mean and ten gradient steps on the window");
    METHODS.put(
        "dynadiff-fine-tune-0.1x",
        "generated, then fine-tuned on the window, 0.1 x the generator's time");
    METHODS.put("dynadiff-fine-tune-1x", "1 x the generator's time");
    METHODS.put("dynadiff-fine-tune-10x", "10 x the generator's time");
    METHODS.put(
        "incumbent",
        "the expert generated for another environment, half a list away: not adapting");
    METHODS.put("interpolated-weights", "interpolated seen experts, inferred conditions");
    METHODS.put("interpolated-weights-true", "the same, true conditions");
    METHODS.put("interpolated-weights-surrogate", "the same, surrogate labels");
    METHODS.put("interpolated-rbf-weights", "by Gaussian bases, inferred conditions");
    METHODS.put("interpolated-rbf-weights-true", "the same, true conditions");
    METHODS.put("interpolated-rbf-weights-surrogate", "the same, surrogate labels");
    METHODS.put("ridge-weights", "expert weights regressed on inferred conditions");
    METHODS.put("ridge-weights-true", "the same, true conditions");
    METHODS.put("ridge-weights-surrogate", "the same, surrogate labels");
    METHODS.put("nearest-expert", "nearest seen expert, inferred conditions");
    METHODS.put("nearest-expert-true", "the same, true conditions");
    METHODS.put("nearest-expert-surrogate", "the same, surrogate labels");
    METHODS.put("fine-tune-0.1x", "base fine-tuned on the window, 0.1 x the generator's time");
    METHODS.put("fine-tune-1x", "1 x the generator's time");
    METHODS.put("fine-tune-10x", "10 x the generator's time");
    METHODS.put("one-for-all", "larger expert trained on all seen environments");
    METHODS.put("not-adaptive", "base expert as it is");
    METHODS.put("diurnal-climatology", "mean of the same hour of the training days");
    METHODS.put("persistence", "the field stays as it is");
  }

  private final ResultsTable table;
  private final Map<String, String> pictures;

  /**
   * @param pictures for each system Markdown that shows its pictures
   */
  ResultsPage(ResultsTable table, Map<String, String> pictures) {
    this.table = table;
    this.pictures = pictures;
  }

  String text() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Results

        Written by `dynadiff evaluate --report` from `results/*.json`; do not edit.

        Errors are RMSE over a rollout, on fields scaled by each environment's own minimum and
        maximum over its training frames; a field further off than its whole range counts as 1.
        Means and standard deviations are over environments, of means over seeds; `± seeds` is the
        standard deviation over seeds. The ratio is to `one-per-env`. p-values compare `dynadiff`
        with the method of the row over environments: Welch's t-test, and the paired t-test.
        `20 steps` is the error over the first 20 steps, `SSIM > 0.8` the number of leading steps
        with a structural similarity above 0.8, at most the horizon; `adaptation` the median wall
        time of adapting to one environment, without training ahead. Unseen environments were never
        trained on; seen ones start from new initial states.

        """);
    List<String> systems =
        table.runs().stream()
            .filter(r -> r.variant().isEmpty())
            .map(MethodRun::system)
            .distinct()
            .toList();
    overview(page, systems);
    for (String system : systems) {
      page.append("## ").append(system).append("\n\n");
      provenance(page, system);
      page.append("Unseen environments\n\n");
      table(page, system, false);
      page.append("Seen environments\n\n");
      table(page, system, true);
      leads(page, system);
      page.append(pictures.getOrDefault(system, ""));
    }
    methods(page);
    return page.toString().stripTrailing() + "\n";
  }

  private void overview(StringBuilder page, List<String> systems) {
    if (systems.isEmpty()) {
      page.append("There are no results yet.\n");
      return;
    }
    page.append("Ratio to `one-per-env` on unseen environments:\n\n| method |");
    systems.forEach(s -> page.append(' ').append(s).append(" |"));
    page.append("\n|---|").append("---|".repeat(systems.size())).append('\n');
    Map<String, Double> figures = table.figures();
    for (String method : METHODS.keySet()) {
      List<Double> row =
          systems.stream().map(s -> figures.get(s + ".unseen.ratio." + method)).toList();
      if (row.stream().anyMatch(v -> v != null)) {
        page.append("| ").append(method).append(" |");
        row.forEach(v -> page.append(v == null ? " |" : " " + number("%.2f", v) + " |"));
        page.append('\n');
      }
    }
    page.append('\n');
  }

  private void provenance(StringBuilder page, String system) {
    List<MethodRun> runs =
        table.runs().stream()
            .filter(r -> r.system().equals(system) && r.variant().isEmpty())
            .toList();
    page.append(
        String.format(
            Locale.ROOT,
            "`%s`; seeds %s, commit %s, %s, %.0f s in all. %d seen and %d unseen environments.%n%n",
            runs.get(0).command(),
            distinct(runs.stream().map(r -> Long.toString(r.seed())).toList()),
            distinct(runs.stream().map(MethodRun::commit).toList()),
            distinct(runs.stream().map(MethodRun::machine).toList()),
            runs.stream().mapToDouble(MethodRun::wallSeconds).sum(),
            runs.get(0).seen().environments().size(),
            runs.get(0).unseen().environments().size()));
  }

  private static String distinct(List<String> values) {
    return values.stream().distinct().sorted().collect(Collectors.joining(", "));
  }

  private void table(StringBuilder page, String system, boolean seen) {
    Map<String, RunSummary> summaries = table.summaries("", system, seen);
    RunSummary reference = summaries.get(ResultsTable.REFERENCE);
    RunSummary ours = summaries.get(ResultsTable.OURS);
    page.append(
        "| method | RMSE | ± environments | ± seeds | median | ratio | 20 steps | first step | SSIM |"
            + " SSIM > 0.8 | p Welch | p paired | adaptation |\n");
    page.append("|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (String method : METHODS.keySet()) {
      RunSummary summary = summaries.get(method);
      if (summary == null) {
        continue;
      }
      Comparison.Summary rmse = summary.overEnvironments(SplitScores::rmse);
      page.append("| ").append(method);
      cell(page, "%.4f", rmse.mean());
      cell(page, "%.4f", rmse.deviation());
      cell(page, "%.4f", summary.deviationOverSeeds(SplitScores::rmse));
      cell(page, "%.4f", rmse.median());
      cell(
          page,
          "%.2f",
          reference == null
              ? Double.NaN
              : rmse.mean() / reference.overEnvironments(SplitScores::rmse).mean());
      cell(page, "%.4f", summary.overEnvironments(SplitScores::rmse20).mean());
      cell(page, "%.4f", summary.overEnvironments(SplitScores::rmseFirst).mean());
      cell(page, "%.3f", summary.overEnvironments(SplitScores::ssim).mean());
      cell(page, "%.1f", summary.overEnvironments(SplitScores::ssimLength).mean());
      RunSummary.Difference difference =
          ours == null || method.equals(ResultsTable.OURS)
              ? new RunSummary.Difference(Double.NaN, Double.NaN)
              : ours.difference(summary);
      cell(page, "%.2g", difference.welch());
      cell(page, "%.2g", difference.paired());
      double seconds = summary.overEnvironments(SplitScores::adaptationSeconds).median();
      page.append(" | ")
          .append(seconds > 0 ? number("%.0f ms", 1000 * seconds) : "")
          .append(" |\n");
    }
    page.append('\n');
  }

  private static void cell(StringBuilder page, String format, double value) {
    page.append(" | ").append(Double.isFinite(value) ? number(format, value) : "");
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private void leads(StringBuilder page, String system) {
    Map<String, RunSummary> summaries = table.summaries("", system, false);
    int leads = summaries.values().stream().mapToInt(s -> s.perLead().length).max().orElse(0);
    if (leads > SHORT_HORIZON) {
      return;
    }
    page.append("Error at each lead, unseen environments\n\n| method |");
    for (int lead = 1; lead <= leads; lead++) {
      page.append(' ').append(lead).append(" |");
    }
    page.append("\n|---|").append("---|".repeat(leads)).append('\n');
    for (String method : METHODS.keySet()) {
      if (summaries.containsKey(method)) {
        page.append("| ").append(method);
        for (double error : summaries.get(method).perLead()) {
          cell(page, "%.4f", error);
        }
        page.append(" |\n");
      }
    }
    page.append('\n');
  }

  private void methods(StringBuilder page) {
    page.append("## Methods\n\n");
    List<String> used = table.runs().stream().map(MethodRun::method).distinct().toList();
    METHODS.forEach(
        (name, description) -> {
          if (used.contains(name)) {
            page.append("- `").append(name).append("`: ").append(description);
            settings(page, name);
            page.append('\n');
          }
        });
  }

  /** Settings that were chosen on the way, of the first seed of each system. */
  private void settings(StringBuilder page, String method) {
    String stated =
        table.runs().stream()
            .filter(r -> r.method().equals(method) && r.variant().isEmpty())
            .filter(r -> !r.settings().isEmpty())
            .collect(Collectors.toMap(MethodRun::system, r -> r, (a, b) -> a, LinkedHashMap::new))
            .values()
            .stream()
            .map(
                r ->
                    r.system()
                        + " "
                        + r.settings().entrySet().stream()
                            .map(e -> e.getKey() + " " + number("%.4g", e.getValue()))
                            .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("; "));
    if (!stated.isEmpty()) {
      page.append(" (").append(stated).append(')');
    }
  }
}
