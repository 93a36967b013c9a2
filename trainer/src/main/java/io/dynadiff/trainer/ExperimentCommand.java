package io.dynadiff.trainer;

import io.dynadiff.physics.recorded.RecordedDataException;
import io.dynadiff.trainer.evaluation.CostTable;
import io.dynadiff.trainer.evaluation.ResultsFile;
import io.dynadiff.trainer.experiment.AdaptationMemory;
import io.dynadiff.trainer.experiment.CostMeasurement;
import io.dynadiff.trainer.experiment.Experiment;
import io.dynadiff.trainer.experiment.SystemEvaluation;
import io.dynadiff.trainer.experiment.Variant;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dynadiff experiment}: the evaluation again with one thing changed at a time. */
@Command(
    name = "experiment",
    mixinStandardHelpOptions = true,
    description = {
      "Trains and scores a system again with one thing changed at a time, and adds the runs to"
          + " results/NAME.json. A stopped experiment goes on where it was.",
      "Experiments: window-length, zoo-size, seen-environments, extrapolation, ablations;"
          + " and cost, which measures instead and adds the system's costs to results/cost.json."
    },
    footer = {"", "Example:", "  dynadiff experiment zoo-size lambda-omega --seeds 1"})
public final class ExperimentCommand implements Callable<Integer> {

  private static final String COST = "cost";

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "NAME", description = "the experiment")
  private String name;

  @Parameters(index = "1", paramLabel = "SYSTEM", description = "the system")
  private String system;

  @Mixin private SystemOptions options;

  @Mixin private RunOptions runs;

  @Option(
      names = "--variants",
      paramLabel = "VARIANT",
      split = ",",
      description = "only these variants of the experiment (default: all)")
  private List<String> variants = List.of();

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      defaultValue = "python3",
      description =
          "a Python with PyTorch, for cost to compare with; left out where there is none"
              + " (default: ${DEFAULT-VALUE})")
  private String python;

  @Option(
      names = AdaptationMemory.OPTION,
      paramLabel = "METHOD",
      hidden = true,
      description = "cost runs itself with it, to see what one method takes of a fresh process")
  private String adaptationOf;

  @Override
  public Integer call() throws IOException {
    PrintStream progress = System.err;
    if (name.equals(COST)) {
      return cost(progress);
    }
    Experiment experiment;
    List<Variant> chosen;
    try {
      experiment = Experiment.of(name);
      chosen = applicable(experiment.variants(variants), progress);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
    Path file = runs.file(name + ".json");
    SystemEvaluation evaluation = runs.evaluation(command, file, line(runs.seedList()), progress);
    boolean laptop = options.preset().equals("laptop");
    int run = 0;
    int count = chosen.size() * runs.seeds().size();
    for (long seed : runs.seeds()) {
      for (Variant variant : chosen) {
        progress.printf("%s %d/%d: %s, seed %d%n", name, ++run, count, variant.name(), seed);
        TrainedSystem trained;
        try {
          trained = open(variant, seed, progress);
        } catch (ParameterException e) {
          if (chosen.size() == 1 || !variants.isEmpty()) {
            throw e;
          }
          leftOut(variant, e, progress);
          continue;
        }
        evaluation.run(
            options.named(variant.name() + (laptop ? "" : " preset=" + options.preset())),
            options.preset(),
            trained,
            variant.windowLength().orElse(trained.preset().windowLength()),
            experiment.methods());
      }
    }
    RunOptions.print(
        evaluation.table(), file, figure -> figure.contains("." + system + ".unseen.rmse."));
    return 0;
  }

  /**
   * The variants that fit the system, seen before anything is trained. One that was asked for by
   * name and does not fit is an error.
   */
  private List<Variant> applicable(List<Variant> chosen, PrintStream progress) {
    options.settings(system, Variant.unchanged(name));
    List<Variant> fitting = new ArrayList<>();
    IllegalArgumentException last = null;
    for (Variant variant : chosen) {
      try {
        options.settings(system, variant);
        fitting.add(variant);
      } catch (IllegalArgumentException e) {
        last = e;
        if (!variants.isEmpty()) {
          throw e;
        }
        leftOut(variant, e, progress);
      }
    }
    if (fitting.isEmpty() && last != null) {
      throw last;
    }
    return fitting;
  }

  private void leftOut(Variant variant, RuntimeException reason, PrintStream progress) {
    progress.printf("%s: left out %s: %s%n", name, variant.name(), reason.getMessage());
  }

  /** The command that makes the same again. */
  private String line(String seedList) {
    return "dynadiff experiment "
        + name
        + " "
        + system
        + options.line()
        + " --seeds "
        + seedList
        + (variants.isEmpty() ? "" : " --variants " + String.join(",", variants));
  }

  /** Costs are of one training: the first seed's. */
  private int cost(PrintStream progress) throws IOException {
    long start = System.nanoTime();
    Path file = runs.file("cost.json");
    CostTable table;
    try {
      table = CostTable.read(file);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
    long seed = runs.seeds().get(0);
    TrainedSystem trained = open(Variant.unchanged(COST), seed, progress);
    if (adaptationOf != null) {
      System.out.println(AdaptationMemory.measure(trained, adaptationOf));
      return 0;
    }
    CostMeasurement measurement =
        new CostMeasurement(
            trained,
            python,
            SystemOptions.home().resolve("tests").resolve("peer").resolve("fno_training.py"));
    Map<String, Double> figures = measurement.run();
    String measured = (options.preset().equals("laptop") ? "" : options.preset() + ".") + system;
    table.put(
        measured,
        new CostTable.Measurement(
            line(Long.toString(seed)),
            seed,
            ResultsFile.machine(),
            ResultsFile.commit(),
            (System.nanoTime() - start) / 1e9),
        measurement.configuration(),
        figures);
    table.write(file);
    PrintStream out = System.out;
    figures.forEach((figure, value) -> out.printf(Locale.ROOT, "%-64s %.5g%n", figure, value));
    out.printf("figures in %s%n", file);
    return 0;
  }

  private TrainedSystem open(Variant variant, long seed, PrintStream progress) {
    try {
      return options.open(system, variant, seed, progress);
    } catch (IllegalArgumentException | RecordedDataException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
