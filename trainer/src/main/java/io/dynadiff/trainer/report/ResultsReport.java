package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.CostTable;
import io.dynadiff.trainer.evaluation.ResultsTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes {@code docs/results.md} and its pictures from {@code results/*.json}. */
public final class ResultsReport {

  private static final List<String> EXPERIMENTS =
      List.of("window-length", "zoo-size", "seen-environments", "extrapolation", "ablations");

  private final Path home;

  /**
   * @param home checkout with the directories results and docs
   */
  public ResultsReport(Path home) {
    this.home = home;
  }

  /** Writes the page. */
  public void write(PrintStream progress) throws IOException {
    ResultsTable table = ResultsTable.read(home.resolve("results").resolve("table1.json"));
    Path page = home.resolve("docs").resolve("results.md");
    Path pictures = home.resolve("docs").resolve("pictures");
    StringBuilder text =
        new StringBuilder(
            new ResultsPage(table, ReportPictures.draw(table, pictures, "pictures")).text());
    for (String experiment : EXPERIMENTS) {
      Path file = home.resolve("results").resolve(experiment + ".json");
      if (Files.exists(file)) {
        text.append('\n')
            .append(
                new ExperimentSection(experiment, ResultsTable.read(file), pictures, "pictures")
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
