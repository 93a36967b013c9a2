package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.CostTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** The table of costs as a section of the page. */
final class CostSection {

  private static final List<String> STAGES =
      List.of("base", "zoo", "vae", "prompter", "regressor", "tuning", "diffusion");
  private static final List<String> PHASES =
      List.of("prompt", "sampling", "decoding", "selection", "total");

  private static final String ADAPTATION = "adaptation.";
  private static final String SECONDS = ".seconds";

  private final CostTable table;

  CostSection(CostTable table) {
    this.table = table;
  }

  String text() {
    StringBuilder section = new StringBuilder("## Cost\n\n");
    section.append(
        """
        Memory is the most that the process held, native memory, data and Java heap included. A
        stage's time and memory were noted when it was trained, without what it found trained
        before; other programs may have run beside it. What a method adds is the memory of its
        networks and of a first adaptation in a process that has done nothing else. Settings of both sides of the comparison
        with plain PyTorch stand in `results/cost.json`.

        """);
    table
        .measurements()
        .forEach(
            (name, measurement) -> {
              section.append("### ").append(name).append("\n\n");
              section.append(
                  String.format(
                      Locale.ROOT,
                      "`%s`, commit %s, %s.%n%n",
                      measurement.command(),
                      measurement.commit(),
                      measurement.machine()));
              SortedMap<String, Double> figures = table.figures(name);
              stages(section, figures);
              training(section, figures);
              generation(section, figures);
              adaptation(section, figures);
              sampler(section, figures);
            });
    return section.toString();
  }

  private static void stages(StringBuilder section, SortedMap<String, Double> figures) {
    List<String> rows = new ArrayList<>();
    for (String stage : STAGES) {
      Double seconds = figures.get("stage." + stage + ".seconds");
      if (seconds != null) {
        rows.add(
            row(
                stage,
                number("%.0f s", seconds),
                number("%.0f", figures.get("stage." + stage + ".steps")),
                number("%.0f MiB", figures.get("stage." + stage + ".peakMiB"))));
      }
    }
    table(section, "| stage | wall time | updates | memory |", rows);
  }

  private static void training(StringBuilder section, SortedMap<String, Double> figures) {
    List<String> rows = new ArrayList<>();
    for (String kind : List.of("single", "stacked", "engine-single", "engine-stacked", "pytorch")) {
      Double rate = figures.get("training." + kind + ".samplesPerSecond");
      if (rate != null) {
        String label =
            switch (kind) {
              case "single" -> "one expert";
              case "stacked" ->
                  number("%.0f experts stacked", figures.get("training.stacked.experts"));
              case "engine-single" -> "one expert, on the engine";
              case "engine-stacked" ->
                  number(
                      "%.0f experts stacked, on the engine",
                      figures.get("training.stacked.experts"));
              default -> "one expert, plain PyTorch";
            };
        rows.add(
            row(
                label,
                number("%.0f", rate),
                number("%.2f", rate / figures.get("training.single.samplesPerSecond")),
                number("%.0f MiB", figures.get("training." + kind + ".peakMiB"))));
      }
    }
    table(section, "| training of experts | samples per second | ratio | memory |", rows);
  }

  private static void generation(StringBuilder section, SortedMap<String, Double> figures) {
    List<String> rows = new ArrayList<>();
    for (int environments : new int[] {1, 8, 64}) {
      String prefix = "generation-" + environments + ".";
      if (figures.containsKey(prefix + "total.p50Ms")) {
        List<String> cells = new ArrayList<>(List.of(Integer.toString(environments)));
        PHASES.forEach(
            phase -> cells.add(number("%.1f ms", figures.get(prefix + phase + ".p50Ms"))));
        cells.add(number("%.0f MiB", figures.get(prefix + "peakMiB")));
        rows.add(row(cells.toArray(String[]::new)));
      }
    }
    table(
        section,
        "| environments | prompt | sampling | decoding | selection | total | memory |",
        rows);
  }

  private static void adaptation(StringBuilder section, SortedMap<String, Double> figures) {
    List<String> rows = new ArrayList<>();
    figures.forEach(
        (figure, seconds) -> {
          if (figure.startsWith(ADAPTATION) && figure.endsWith(SECONDS)) {
            String method =
                figure.substring(ADAPTATION.length(), figure.length() - SECONDS.length());
            rows.add(
                row(
                    method,
                    number("%.3f s", seconds),
                    number("%.1f MiB", figures.get(ADAPTATION + method + ".addedMiB"))));
          }
        });
    table(section, "| method | adaptation | memory it adds |", rows);
  }

  private static void sampler(StringBuilder section, SortedMap<String, Double> figures) {
    List<String> rows = new ArrayList<>();
    for (String kind : List.of("few", "1000")) {
      if (figures.containsKey("sampler." + kind + ".rmse")) {
        rows.add(
            row(
                kind.equals("few") ? number("%.0f", figures.get("sampler.few.steps")) : kind,
                number("%.5f", figures.get("sampler." + kind + ".rmse")),
                number("%.3f s", figures.get("sampler." + kind + ".seconds"))));
      }
    }
    table(section, "| steps of the sampler | RMSE of the best sample | adaptation |", rows);
  }

  private static void table(StringBuilder section, String head, List<String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    long columns = head.chars().filter(c -> c == '|').count() - 1;
    section.append(head).append("\n|").append("---|".repeat((int) columns)).append('\n');
    rows.forEach(row -> section.append(row).append('\n'));
    section.append('\n');
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String number(String format, Double value) {
    return value == null ? "" : String.format(Locale.ROOT, format, value);
  }
}
