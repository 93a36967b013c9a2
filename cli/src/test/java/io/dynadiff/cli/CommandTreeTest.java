package io.dynadiff.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** What every command of the tree has, so that one who knows some knows all. */
class CommandTreeTest {

  private static final long LIMIT_S = 60;

  @TempDir private Path directory;

  /** All commands by the words that call them, groups among them, aliases left out. */
  static Stream<CommandSpec> commands() {
    return commands(Dynadiff.commandLine()).stream().map(CommandLine::getCommandSpec);
  }

  private static List<CommandLine> commands(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().stream()
        .distinct()
        .forEach(child -> all.addAll(commands(child)));
    return all;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldSayWhatItDoesAndShowAnExampleThatItWouldTake(CommandSpec command) {
    String name = command.qualifiedName(" ");
    assertThat(String.join("", command.usageMessage().description())).as(name).isNotBlank();
    assertThat(command.mixinStandardHelpOptions()).as(name + " --help").isTrue();
    List<String> examples = examples(command);
    assertThat(examples).as("examples of " + name).isNotEmpty();
    List<String> called = new ArrayList<>();
    for (String example : examples) {
      String[] words = example.replaceAll("[|>].*$", "").replace("\"", "").strip().split("\\s+");
      try {
        called.add(
            called(Dynadiff.commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length))));
      } catch (ParameterException e) {
        throw new AssertionError(name + ": example \"" + example + "\": " + e.getMessage(), e);
      }
    }
    assertThat(called)
        .as("what the examples of " + name + " call")
        .anyMatch(c -> (c + " ").startsWith(name + " "));
  }

  /** Lines of the footer that call the command, with those that a backslash continues. */
  private static List<String> examples(CommandSpec command) {
    String footer = String.join("\n", command.usageMessage().footer());
    return footer
        .replaceAll("\\s*\\\\\\s*\\n\\s*", " ")
        .lines()
        .map(String::strip)
        .map(line -> line.replaceFirst("^source <\\(dynadiff (.*)\\)$", "dynadiff $1"))
        .map(line -> line.replaceFirst("^(?:[A-Z_]+=\\S+ )+", ""))
        // What comes before the last pipe only feeds the command.
        .map(line -> line.replaceFirst("^(?!dynadiff).*\\| (dynadiff .*)$", "$1"))
        .filter(line -> line.startsWith("dynadiff "))
        .toList();
  }

  private static String called(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult deepest = parsed;
    while (deepest.hasSubcommand()) {
      deepest = deepest.subcommand();
    }
    return deepest.commandSpec().qualifiedName(" ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldDescribeEveryOptionAndParameter(CommandSpec command) {
    for (ArgSpec argument : command.args()) {
      assertThat(String.join("", argument.description()))
          .as(command.qualifiedName(" ") + " " + argument.paramLabel())
          .isNotBlank();
    }
    for (OptionSpec option : command.options()) {
      assertThat(option.longestName())
          .as(command.qualifiedName(" "))
          .matches("--[a-z0-9]+(-[a-z0-9]+)*");
    }
  }

  @Test
  void shouldReachKafkaByTheSameOptionsWhereverACommandReachesIt() {
    List<String> expected =
        List.of(
            "--bootstrap-servers HOST:PORT localhost:9092",
            "--schema-registry URL http://localhost:8081",
            "--client-properties FILE null",
            "--topic-prefix TEXT ",
            "--partitions N 4",
            "--replication-factor N 1");
    List<CommandSpec> reaching =
        commands().filter(command -> command.findOption("--bootstrap-servers") != null).toList();
    assertThat(reaching).hasSizeGreaterThan(20);
    for (CommandSpec command : reaching) {
      for (String option : expected) {
        OptionSpec found = command.findOption(option.split(" ")[0]);
        assertThat(found).as(command.qualifiedName(" ") + " " + option).isNotNull();
        assertThat(found.longestName() + " " + found.paramLabel() + " " + found.defaultValue())
            .as(command.qualifiedName(" "))
            .isEqualTo(option);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "topics check",
    "weights list",
    "forecasts tail",
    "bundle verify",
    "config show",
    "trajectories list"
  })
  void shouldPrintJsonWhenAScriptWouldReadIt(String words) {
    CommandLine command = Dynadiff.commandLine();
    for (String word : words.split(" ")) {
      command = command.getSubcommands().get(word);
    }
    assertThat(command.getCommandSpec().findOption("--json")).isNotNull();
  }

  @Test
  void shouldStandInTheReferenceWhenACommandIsThere() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    for (String name : Dynadiff.commandLine().getSubcommands().keySet()) {
      assertThat(readme).containsPattern("`" + name + "[ `]");
    }
  }

  @Test
  void shouldCompleteCommandsAndOptionsWhenBashHasReadTheScript() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "SKIPPED: needs /bin/bash");
    StringWriter script = new StringWriter();
    int code =
        Dynadiff.commandLine().setOut(new PrintWriter(script, true)).execute("completion", "bash");
    assertThat(code).isZero();
    Path file = Files.writeString(directory.resolve("completion.bash"), script.toString());

    assertThat(bash(". " + file + "; complete -p dynadiff")).contains("dynadiff");
    assertThat(completed(file, "dynadiff", "for")).contains("forecast", "forecasts");
    assertThat(completed(file, "dynadiff", "forecasts", "")).contains("tail", "export");
    assertThat(completed(file, "dynadiff", "forecasts", "tail", "--fol")).contains("--follow");
    assertThat(completed(file, "dynadiff", "completion", "")).contains("BASH", "ZSH");
  }

  /** What bash offers after the words, the last of which is not finished. */
  private static List<String> completed(Path script, String... words) throws Exception {
    String quoted = String.join(" ", Stream.of(words).map(word -> "'" + word + "'").toList());
    return bash(". "
            + script
            + "; COMP_WORDS=("
            + quoted
            + "); COMP_CWORD="
            + (words.length - 1)
            + "; _complete_dynadiff; printf '%s\\n' \"${COMPREPLY[@]}\"")
        .lines()
        .map(String::strip)
        .toList();
  }

  private static String bash(String command) throws Exception {
    Process process =
        new ProcessBuilder("/bin/bash", "-c", command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
