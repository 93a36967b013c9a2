package io.dynadiff.trainer;

import io.dynadiff.physics.recorded.RecordedDataException;
import io.dynadiff.trainer.experiment.Experiment;
import io.dynadiff.trainer.experiment.MethodCatalogue;
import io.dynadiff.trainer.experiment.SystemEvaluation;
import io.dynadiff.trainer.experiment.SystemPictures;
import io.dynadiff.trainer.experiment.Variant;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.report.HtmlReport;
import io.dynadiff.trainer.report.ResultsReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dynadiff evaluate}: all methods on the same windows and rollouts. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Scores the generator, baselines and rivals on the same windows and rollouts, and adds the"
          + " runs to a results file. What a method needs and is not there is trained first."
          + " A stopped evaluation goes on where it was. A page with tables and charts is written"
          + " beside the results file.",
      "With --report, writes docs/results.md and its pictures from the results files instead."
    },
    footer = {
      "",
      "Example:",
      "  dynadiff evaluate lambda-omega --seeds 1,2,3",
      "  dynadiff evaluate --report"
    })
public final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SYSTEM",
      description = "a system that has the preset, such as lambda-omega")
  private String system;

  @Mixin private SystemOptions options;

  @Mixin private RunOptions runs;

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "METHOD",
      description = "only these methods (default: all)")
  private List<String> methods = List.of();

  @Option(
      names = "--pictures",
      description = "also draw a rollout and the experts' weights, first seed")
  private boolean drawing;

  @Option(
      names = "--report",
      description = "write docs/results.md and pictures from results/*.json")
  private boolean report;

  @Override
  public Integer call() throws IOException {
    PrintStream progress = System.err;
    if (report == (system != null)) {
      throw new ParameterException(
          command.commandLine(), "expected either a SYSTEM or --report, found both or neither");
    }
    if (report) {
      new ResultsReport(SystemOptions.home(), Experiment.changes()).write(progress);
      return 0;
    }
    Path file = runs.file("table1.json");
    String line = "dynadiff evaluate " + system + options.line() + " --seeds " + runs.seedList();
    String variant = options.named(options.preset().equals("laptop") ? "" : options.preset());
    SystemEvaluation evaluation = runs.evaluation(command, file, line, progress);
    for (long seed : runs.seeds()) {
      TrainedSystem trained = open(seed, progress);
      evaluation.run(variant, options.preset(), trained, methods);
      if (drawing && seed == runs.seeds().get(0)) {
        new SystemPictures(trained).write(pictures(file));
      }
    }
    RunOptions.print(
        evaluation.table(),
        file,
        name ->
            name.contains(system + ".unseen.rmse.") || name.contains(system + ".unseen.ratio."));
    System.out.printf("report in %s%n", HtmlReport.write(file, pictures(file)));
    return 0;
  }

  /** The project's own results have theirs in the documentation, others beside the file. */
  private static Path pictures(Path file) {
    Path home = SystemOptions.home();
    return file.equals(home.resolve("results").resolve("table1.json"))
        ? home.resolve("docs").resolve("pictures")
        : file.resolveSibling(file.getFileName() + ".pictures");
  }

  private TrainedSystem open(long seed, PrintStream progress) {
    try {
      TrainedSystem opened = options.open(system, Variant.unchanged(""), seed, progress);
      MethodCatalogue.requireNames(opened, methods);
      return opened;
    } catch (IllegalArgumentException | RecordedDataException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
