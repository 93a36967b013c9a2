package io.dynadiff.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands in the documents are commands that there are, and those that take seconds run. */
class DocumentedCommandsTest {

  private static final Path ROOT = Documents.ROOT;

  /** A call, after variables of its environment; not a message that begins with the name. */
  private static final Pattern CALL =
      Pattern.compile(
          "(?:source <\\(|(?:[A-Z_]+=\\S+ )*(?:\\./)?)dynadiff ((?!(?:[a-z][a-z-]* )*[a-z][a-z-]*[:,]).*)");

  private static final Pattern SCRIPT = Pattern.compile("\\bexamples/[\\w/.-]+");

  /** Calls that need neither a broker nor a training, nor the variables of a script. */
  private static final Pattern CHEAP =
      Pattern.compile(
          "(?:completion|config|topics schemas|bundle verify|observe|trajectories (?!record)"
              + "|sensor (?=.*--to-store))[^$]*");

  static Stream<Named<String>> calls() throws IOException {
    List<Named<String>> calls = new ArrayList<>();
    for (Path document : Documents.all()) {
      for (Documents.Block block : Documents.blocks(document)) {
        add(calls, document, block.text());
      }
    }
    return calls.stream();
  }

  private static void add(List<Named<String>> calls, Path document, String block) {
    block
        .lines()
        .map(line -> CALL.matcher(line.strip()))
        .filter(Matcher::matches)
        .map(call -> call.group(1).replaceAll("\\s*[|>&#;)].*$", ""))
        .forEach(call -> calls.add(Named.of(document.getFileName() + ": " + call, call)));
  }

  /** The words of a call; variables of loops and functions have some value. */
  private static String[] words(String call) {
    return call.replaceAll("\\$\\d", "1")
        .replaceAll("\\$\\w+", "generate")
        .replace("\"", "")
        .split("\\s+");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void shouldBeUnderstoodWhenItStandsInADocument(String call) {
    assertThatCode(() -> Dynadiff.commandLine().parseArgs(words(call))).doesNotThrowAnyException();
  }

  @Test
  @Tag("slow")
  void shouldEndWithZeroWhenItTakesNoMoreThanSeconds(@TempDir Path folder) throws IOException {
    // What a reader of these documents has: a CSV of stations, and the data and bundles beside it.
    StringWriter stations = new StringWriter();
    assertThat(
            run(
                stations,
                ("observe " + ROOT + "/data/era5-2mt-2019-03-uk-cds.nc --to 2019-03-02")
                    .split(" ")))
        .isZero();
    Files.writeString(folder.resolve("history.csv"), stations.toString());
    Set<String> done = new LinkedHashSet<>();
    for (Named<String> call : calls().toList()) {
      // Those of the tutorial follow from one another; tests/docs/tutorial runs them.
      if (!call.getName().startsWith("tutorial.md")
          && CHEAP.matcher(call.getPayload()).matches()
          && done.add(call.getPayload())) {
        StringWriter out = new StringWriter();
        String[] words =
            Stream.of(words(call.getPayload())).map(w -> here(folder, w)).toArray(String[]::new);
        assertThat(run(out, words)).as(call.getName() + ": " + out).isZero();
      }
    }
    assertThat(done)
        .contains("completion bash")
        .anyMatch(call -> call.startsWith("trajectories verify"))
        .anyMatch(call -> call.startsWith("trajectories import"))
        .anyMatch(call -> call.startsWith("sensor history.csv"));
  }

  /** A word of a call, as it is meant in a folder of its own, and with less to do. */
  private static String here(Path folder, String word) {
    if (word.matches("(?:data|bundles)/.*")) {
      return ROOT.resolve(word).toString();
    }
    if (word.matches("store(?:/.*)?|[\\w-]+\\.csv")) {
      return folder.resolve(word).toString();
    }
    return switch (word) {
      case "400" -> "4";
      case "2019-03-25" -> "2019-03-02";
      default -> word;
    };
  }

  private static int run(StringWriter out, String... words) {
    PrintWriter writer = new PrintWriter(out, true);
    return Dynadiff.commandLine()
        .setOut(writer)
        .setErr(new PrintWriter(new StringWriter()))
        .execute(words);
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
    for (Path document : Documents.all()) {
      Matcher scripts = SCRIPT.matcher(Files.readString(document));
      while (scripts.find()) {
        assertThat(ROOT.resolve(scripts.group().replaceAll("\\.$", "")))
            .as("named in " + document)
            .exists();
      }
    }
  }
}
