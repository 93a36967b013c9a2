package io.dynadiff.trainer;

import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.experiment.SystemEvaluation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of commands that score methods and add the runs to a results file. */
final class RunOptions {

  @Option(
      names = "--seeds",
      paramLabel = "SEED",
      split = ",",
      defaultValue = "1,2,3",
      description = "seeds, each a training of its own (default: ${DEFAULT-VALUE})")
  private List<Long> seeds;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "results file to add to (default: results/table1.json, or results/NAME.json of an"
              + " experiment)")
  private Path output;

  @Option(names = "--force", description = "score again what the results file has")
  private boolean force;

  /** Seeds of the trainings. */
  List<Long> seeds() {
    return seeds;
  }

  /** The same as they are given on a command line. */
  String seedList() {
    return seeds.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * The results file.
   *
   * @param name file in results/ where none is given
   */
  Path file(String name) {
    return output == null ? SystemOptions.home().resolve("results").resolve(name) : output;
  }

  /**
   * Opens the results file.
   *
   * @param line the command to note beside the numbers
   * @throws ParameterException if it is not a results file
   */
  SystemEvaluation evaluation(CommandSpec command, Path file, String line, PrintStream progress)
      throws IOException {
    try {
      return new SystemEvaluation(file, line, force, progress);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /** Prints the figures that matter, and where all are. */
  static void print(ResultsTable table, Path file, Predicate<String> matters) {
    PrintStream out = System.out;
    table
        .figures()
        .forEach(
            (name, value) -> {
              if (matters.test(name)) {
                out.printf(Locale.ROOT, "%-64s %.5f%n", name, value);
              }
            });
    out.printf(Locale.ROOT, "figures in %s%n", file);
  }
}
