package io.dynadiff.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.cli.Dynadiff;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaReferenceTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "schemas.md");

  @Test
  void shouldBeWhatTheCommandPrintsWhenTheDocumentIsRead() throws IOException {
    StringWriter out = new StringWriter();

    int code =
        Dynadiff.commandLine().setOut(new PrintWriter(out, true)).execute("topics", "schemas");

    assertThat(code).isZero();
    assertThat(Files.readString(DOCUMENT))
        .as("stale; write it again with dynadiff topics schemas > docs/schemas.md")
        .isEqualTo(out.toString());
  }
}
