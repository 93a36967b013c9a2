package io.dynadiff.cli.physics;

import io.dynadiff.physics.validation.Check;
import io.dynadiff.physics.validation.Plot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * The validation as a page of Markdown.
 *
 * @param command the command that made it
 * @param commit version of the sources
 * @param machine what it ran on
 * @param date day it ran, ISO 8601
 * @param wallSeconds how long it took
 * @param sections what was found, in order
 * @param leftOut titles of the parts that were not run
 * @param pictures sampled frames to show, in order
 */
record ValidationReport(
    String command,
    String commit,
    String machine,
    String date,
    double wallSeconds,
    List<Section> sections,
    List<String> leftOut,
    List<Picture> pictures) {

  /** Folder of all pictures, beside the page. */
  static final String IMAGES = "images/physics/";

  private static final MathContext SIX_DIGITS = new MathContext(6);

  /** One part of the validation. */
  record Section(String title, List<Check> checks, List<Plot> plots) {}

  /** A sampled frame: name of the file without folder and extension, and what it shows. */
  record Picture(String file, String title, String caption) {}

  long failed() {
    return sections.stream().flatMap(s -> s.checks().stream()).filter(c -> !c.passed()).count();
  }

  long checks() {
    return sections.stream().mapToLong(s -> s.checks().size()).sum();
  }

  String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# Physics: what was checked, and how it looks\n\n");
    page.append("Written by `").append(command).append("`; do not edit. ");
    page.append("The tests call the same measurements with tolerances of their own.\n");
    page.append("How fast the solvers are: `dynadiff physics throughput`, ");
    page.append("[results](../results/simulation-throughput.json).\n");
    page.append("What the systems are: [data.md](data.md).\n\n");
    page.append("| | |\n|---|---|\n");
    row(page, "verdict", verdict());
    row(page, "commit", commit);
    row(page, "machine", machine);
    row(page, "date", date);
    row(page, "wall time", String.format(Locale.ROOT, "%.0f s", wallSeconds));
    if (!leftOut.isEmpty()) {
      row(page, "left out", String.join("; ", leftOut));
    }
    sections.forEach(section -> section(page, section));
    if (!pictures.isEmpty()) {
      page.append("\n## Sampled frames\n\nDrawn by `dynadiff physics gallery`.\n");
      for (Picture picture : pictures) {
        page.append("\n### ").append(picture.title()).append("\n\n");
        image(page, picture.title(), picture.file());
        page.append('\n').append(picture.caption()).append('\n');
      }
    }
    return page.toString();
  }

  private String verdict() {
    return failed() == 0
        ? "all %d checks passed".formatted(checks())
        : "**%d of %d checks failed**".formatted(failed(), checks());
  }

  private static void section(StringBuilder page, Section section) {
    page.append("\n## ").append(section.title()).append("\n\n");
    page.append("| system | check | expected | source | measured | tolerance | verdict |\n");
    page.append("|---|---|---|---|---|---|---|\n");
    for (Check check : section.checks()) {
      String unit = check.unit().equals("1") ? "" : " " + check.unit();
      row(
          page,
          check.system(),
          check.name(),
          number(check.expected()) + unit,
          check.reference(),
          number(check.measured()) + unit,
          number(check.tolerance()) + unit,
          check.passed() ? "passed" : "**failed**");
    }
    for (Plot plot : section.plots()) {
      page.append('\n');
      image(page, plot.title(), plot.file());
    }
  }

  private static void image(StringBuilder page, String title, String file) {
    page.append("![%s](%s%s.png)%n".formatted(title, IMAGES, file));
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ");
    for (int i = 0; i < cells.length; i++) {
      page.append(i == 0 ? "" : " | ").append(cells[i].replace("|", "\\|").replace('\n', ' '));
    }
    page.append(" |\n");
  }

  /** Six digits at most; small numbers in powers of ten. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    if (value != 0 && (size < 1e-3 || size >= 1e9)) {
      return String.format(Locale.ROOT, "%.2e", value)
          .replaceFirst("\\.?0*e", "e")
          .replaceFirst("e([+-])0*", "e$1")
          .replace("e+", "e");
    }
    BigDecimal digits = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
    return value == 0 ? "0" : digits.toPlainString();
  }
}
