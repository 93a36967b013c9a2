package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.ResultsTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The report of a results file as one page that needs nothing beside it. */
public final class HtmlReport {

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

  private HtmlReport() {}

  /**
   * Writes a page beside a results file, named as the file with {@code .html}.
   *
   * @param pictures directory of charts, which are drawn there, and of pictures drawn before
   * @return the page
   */
  public static Path write(Path results, Path pictures) throws IOException {
    ResultsTable table = ResultsTable.read(results);
    String text = new ResultsPage(table, ReportPictures.draw(table, pictures, ".")).text();
    String name = results.getFileName().toString().replaceFirst("\\.json$", "");
    Path page = results.resolveSibling(name + ".html");
    Files.writeString(page, page(text, pictures));
    return page;
  }

  /** Markdown as a page, its pictures inside. */
  static String page(String markdown, Path pictures) {
    Node document = Parser.builder().extensions(EXTENSIONS).build().parse(markdown);
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .attributeProviderFactory(
                context ->
                    (node, tag, attributes) -> {
                      if (node instanceof Image image) {
                        attributes.put("src", inside(pictures.resolve(image.getDestination())));
                      }
                      if (node instanceof TableBlock) {
                        attributes.put("tabindex", "0");
                      }
                    })
            .build();
    return resource("report.html").replace("<!-- content -->", renderer.render(document));
  }

  private static String inside(Path picture) {
    try {
      return "data:image/png;base64,"
          + Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
    } catch (IOException e) {
      throw new UncheckedIOException("report: cannot read the picture " + picture, e);
    }
  }

  private static String resource(String name) {
    try (var stream = HtmlReport.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report: cannot read " + name, e);
    }
  }
}
