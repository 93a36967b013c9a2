package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.ResultsTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code docs/results.md} and its pictures from {@code results/*.json}. */
public final class ResultsReport {

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
    String text = new ResultsPage(table, ConditionCharts.draw(table, pictures)).text();
    Files.createDirectories(page.getParent());
    Files.writeString(page, text);
    progress.printf("wrote %s%n", page);
  }
}
