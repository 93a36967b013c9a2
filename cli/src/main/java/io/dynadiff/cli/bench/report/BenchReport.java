package io.dynadiff.cli.bench.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Puts what was measured into {@code docs/performance.md}, between two marks, and draws its
 * picture.
 */
public final class BenchReport {

  static final String BEGIN = "<!-- written by `dynadiff bench`; do not edit -->\n";
  static final String END = "<!-- end of what `dynadiff bench` writes -->\n";

  /** Experts measured by themselves as well, with another number of threads. */
  private static final String EXPERTS = "bench-experts.json";

  private static final String PICTURE = "images/bench-growth.png";

  private final Path home;

  /**
   * @param home checkout with the directory docs
   */
  public BenchReport(Path home) {
    this.home = home;
  }

  /**
   * Writes the section, and one for experts if they have results of their own beside the file.
   *
   * @param results a results file of {@code dynadiff bench}
   * @throws IOException if a file cannot be read or written, or the page lacks the marks
   */
  public void write(Path results, PrintWriter err) throws IOException {
    BenchFigures measured = BenchFigures.read(results);
    Path experts = results.resolveSibling(EXPERTS);
    String own =
        Files.exists(experts) && !experts.equals(results)
            ? "\n" + new MeasuredSection(BenchFigures.read(experts)).text("")
            : "";
    Path docs = home.resolve("docs");
    Path page = docs.resolve("performance.md");
    Optional<BufferedImage> picture = new GrowthPicture(measured).draw();
    if (picture.isPresent()) {
      Files.createDirectories(docs.resolve(PICTURE).getParent());
      ImageIO.write(picture.get(), "png", docs.resolve(PICTURE).toFile());
    }
    String section = new MeasuredSection(measured).text(picture.isPresent() ? PICTURE : "") + own;
    Files.writeString(page, replaced(Files.readString(page), section, page));
    err.println("wrote " + page);
    err.flush();
  }

  /** The page with another text between its marks. */
  static String replaced(String page, String section, Path file) throws IOException {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(
          file
              + ": expected the lines "
              + BEGIN.strip()
              + " and "
              + END.strip()
              + " in this order, found not; put them where the measurements shall stand");
    }
    return page.substring(0, begin + BEGIN.length()) + "\n" + section + "\n" + page.substring(end);
  }
}
