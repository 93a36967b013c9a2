package io.dynadiff.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

  @TempDir private Path directory;

  @Test
  void shouldNeedNothingBesideItWhenThePageHasTablesAndPictures() throws IOException {
    byte[] picture = {1, 2, 3, 4};
    Files.write(directory.resolve("chart.png"), picture);
    String page =
        HtmlReport.page(
            "# Results\n\n| method | RMSE |\n|---|---|\n| a < b | 0.1 |\n\n![a chart](chart.png)\n",
            directory);
    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("<h1>Results</h1>", "<td>a &lt; b</td>", "alt=\"a chart\"")
        .contains("src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(picture))
        .doesNotContain("chart.png", "http:", "https:", "<!-- content -->");
  }

  @Test
  void shouldNameThePictureWhenItCannotBeRead() {
    assertThatThrownBy(() -> HtmlReport.page("![a](none.png)", directory))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.png");
  }
}
