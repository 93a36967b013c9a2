package io.dynadiff.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands in the documents are commands that there are, with options that they take. */
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of("..");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```");

  /** A call, after variables of its environment; not a message that begins with the name. */
  private static final Pattern CALL =
      Pattern.compile(
          "(?:source <\\(|(?:[A-Z_]+=\\S+ )*(?:\\./)?)dynadiff ((?!(?:[a-z-]+ )*[a-z-]+[:,]).*)");

  private static final Pattern SCRIPT = Pattern.compile("\\bexamples/[\\w/.-]+");

  static Stream<Named<String>> calls() throws IOException {
    List<Named<String>> calls = new ArrayList<>();
    for (Path document : documents()) {
      Matcher blocks = BLOCK.matcher(Files.readString(document));
      while (blocks.find()) {
        blocks
            .group(1)
            .replaceAll("\\s*\\\\\\n\\s*", " ")
            .lines()
            .map(line -> CALL.matcher(line.strip()))
            .filter(Matcher::matches)
            .map(call -> call.group(1).replaceAll("\\s*[|>&#;)].*$", ""))
            .forEach(call -> calls.add(Named.of(document.getFileName() + ": " + call, call)));
      }
    }
    return calls.stream();
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void shouldBeUnderstoodWhenItStandsInADocument(String call) {
    // A variable of a loop over the roles.
    String[] words = call.replaceAll("\\$\\w+", "generate").replace("\"", "").split("\\s+");
    assertThatCode(() -> Dynadiff.commandLine().parseArgs(words)).doesNotThrowAnyException();
  }

  @Test
  void shouldFindTheCommandsOfTheDocuments() throws IOException {
    assertThat(calls().map(Named::getPayload))
        .contains(
            "demo",
            "completion bash",
            "topics create --client-properties admin.properties --replication-factor 3")
        .noneMatch(call -> call.contains("expected"));
  }

  @Test
  void shouldBeThereWhenADocumentNamesAnExample() throws IOException {
    for (Path document : documents()) {
      Matcher scripts = SCRIPT.matcher(Files.readString(document));
      while (scripts.find()) {
        assertThat(ROOT.resolve(scripts.group().replaceAll("\\.$", "")))
            .as("named in " + document)
            .exists();
      }
    }
  }
}
