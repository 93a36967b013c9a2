package io.dynadiff.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Every command of the documents has an entry in the table that {@code tests/docs/commands} types
 * from, and every entry a document. Those of the tutorial's blocks are typed by {@code
 * tests/docs/tutorial}.
 */
class TypedCommandsTest {

  private static final Path TABLE = Documents.ROOT.resolve("tests/docs/commands.txt");

  /** Says with which commands its figures were made, which is no call to type them. */
  private static final Set<String> RECORDS = Set.of("results.md");

  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:[A-Z_]+=\\S+ )*"
              + "(?:source <\\(dynadiff .*|dynadiff (?!(?:[a-z][a-z-]* )*[a-z][a-z-]*[:,]).*"
              + "|(?:mvn|docker compose|kubectl|pip|python3|java|curl|kafka-[a-z.-]+) .*"
              + "|docker/build|tests/\\w+/\\w+\\b(?!/|\\.).*)");

  /** A call in what is typed, up to what the shell does with its output or comes next. */
  private static final Pattern TYPED = Pattern.compile("(?<![/.\\w])dynadiff ([^;|>)]+)");

  /** What a reader has to fill in first, or has to choose from. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(?:.*[ =])?(?:[A-Z]+\\b|\\.\\.\\.).*|.*\\|.*");

  private static Map<String, String> documented() throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    for (Path document : Documents.all()) {
      String name = document.getFileName().toString();
      for (Documents.Block block : Documents.blocks(document)) {
        if (block.language().equals("python")) {
          found.putIfAbsent("the Python of docs/" + name, name);
        } else if (!name.equals("tutorial.md") || !block.language().equals("bash")) {
          block
              .text()
              .lines()
              .map(TypedCommandsTest::plain)
              .forEach(line -> add(found, line, name));
        }
      }
      if (!RECORDS.contains(name)) {
        Documents.inline(document).stream()
            .map(TypedCommandsTest::plain)
            .filter(TypedCommandsTest::complete)
            .forEach(line -> add(found, line, name));
      }
    }
    return found;
  }

  private static void add(Map<String, String> found, String line, String document) {
    if (COMMAND.matcher(line).matches()) {
      found.putIfAbsent(line, document);
    }
  }

  /** A line without its comment, and without where the launcher lies. */
  private static String plain(String line) {
    return line.strip().replaceAll("\\s+#.*$", "").replaceFirst("^((?:[A-Z_]+=\\S+ )*)\\./", "$1");
  }

  /** Whether a command can be typed as it stands; many a name of a command needs more. */
  private static boolean complete(String command) {
    if (PLACEHOLDER.matcher(command).matches()) {
      return false;
    }
    if (!command.startsWith("dynadiff ")) {
      return true;
    }
    try {
      CommandLine.ParseResult parsed =
          Dynadiff.commandLine().parseArgs(command.substring(9).split(" "));
      while (parsed.hasSubcommand()) {
        parsed = parsed.subcommand();
      }
      CommandSpec last = parsed.commandSpec();
      return parsed.isUsageHelpRequested()
          || last.subcommands().isEmpty()
          || last.options().stream().anyMatch(option -> !option.inherited() && !help(option));
    } catch (ParameterException e) {
      return false;
    }
  }

  private static boolean help(CommandLine.Model.OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  /** The lines of the table that are not indented, sections and remarks aside. */
  private static List<String> table() throws IOException {
    return Files.readAllLines(TABLE).stream().filter(line -> line.matches("[^\\s#\\[].*")).toList();
  }

  @Test
  void shouldBeInTheTableWhenADocumentHasACommand() throws IOException {
    Map<String, String> missing = documented();
    missing.keySet().removeAll(Set.copyOf(table()));
    assertThat(missing)
        .as(
            "commands and the documents that have them: expected an entry for each in"
                + " tests/docs/commands.txt, found none; add one that says what is typed in its"
                + " place and what must be true then, or where else it is run")
        .isEmpty();
  }

  @Test
  void shouldStandInADocumentWhenTheTableHasIt() throws IOException {
    Set<String> documented = documented().keySet();
    assertThat(table())
        .as("tests/docs/commands.txt: expected each command once")
        .doesNotHaveDuplicates()
        .as(
            "tests/docs/commands.txt: expected commands of README.md or docs/*.md, word for word;"
                + " remove what no document has any more")
        .allSatisfy(command -> assertThat(documented).contains(command));
  }

  @Test
  void shouldBeUnderstoodWhenItIsTypedInPlaceOfADocumentedCommand() throws IOException {
    List<String> calls =
        Pattern.compile("(?m)^ +types .*$")
            .matcher(Files.readString(TABLE))
            .results()
            .flatMap(types -> TYPED.matcher(types.group()).results())
            .map(call -> call.group(1).strip().replace("$part", "adapt"))
            .toList();
    assertThat(calls)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            call ->
                assertThatCode(() -> Dynadiff.commandLine().parseArgs(call.split(" ")))
                    .as(call)
                    .doesNotThrowAnyException());
  }

  @Test
  void shouldNameOnlyScriptsOfTheProjectWhenACommandIsRunElsewhere() throws IOException {
    Matcher scripts =
        Pattern.compile("(?m)^ +elsewhere +(tests/\\S+|[A-Z]\\w+Test)\\b")
            .matcher(Files.readString(TABLE));
    Set<String> tests;
    try (var files = Files.walk(Documents.ROOT)) {
      tests =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Test.java"))
              .map(name -> name.replace(".java", ""))
              .collect(Collectors.toSet());
    }
    while (scripts.find()) {
      String named = scripts.group(1);
      assertThat(tests.contains(named) || Files.exists(Documents.ROOT.resolve(named)))
          .as("tests/docs/commands.txt: expected a script or a test, found " + named)
          .isTrue();
    }
  }
}
