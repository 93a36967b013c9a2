package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.CostTable;
import io.dynadiff.trainer.evaluation.ResultsTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes {@code docs/results.md} and its pictures from {@code results/*.json}. */
public final class ResultsReport {

  private final Path home;
  private final Map<String, List<String>> experiments;

  /**
   * @param home checkout with the directories results and docs
   * @param experiments names of experiments, in the page's order, and of the changes of each
   */
  public ResultsReport(Path home, Map<String, List<String>> experiments) {
    this.home = home;
    this.experiments = experiments;
  }

  /** Writes the page. */
  public void write(PrintStream progress) throws IOException {
    ResultsTable table = ResultsTable.read(home.resolve("results").resolve("table1.json"));
    Path page = home.resolve("docs").resolve("results.md");
    Path pictures = home.resolve("docs").resolve("pictures");
    StringBuilder text =
        new StringBuilder(
            new ResultsPage(table, ReportPictures.draw(table, pictures, "pictures")).text());
    for (Map.Entry<String, List<String>> experiment : experiments.entrySet()) {
      String title = experiment.getKey();
      Path file = home.resolve("results").resolve(title + ".json");
      if (Files.exists(file)) {
        text.append('\n')
            .append(
                new ExperimentSection(
                        title, experiment.getValue(), ResultsTable.read(file), pictures, "pictures")
                    .text());
      }
    }
    Path cost = home.resolve("results").resolve("cost.json");
    if (Files.exists(cost)) {
      text.append('\n').append(new CostSection(CostTable.read(cost)).text());
    }
    Files.createDirectories(page.getParent());
    Files.writeString(page, text.toString().stripTrailing() + "\n");
    progress.printf("wrote %s%n", page);
  }
}
