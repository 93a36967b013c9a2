package io.dynadiff.trainer;

import io.dynadiff.physics.recorded.RecordedDataException;
import io.dynadiff.trainer.evaluation.ResultsFile;
import io.dynadiff.trainer.experiment.CostMeasurement;
import io.dynadiff.trainer.experiment.Experiment;
import io.dynadiff.trainer.experiment.SystemEvaluation;
import io.dynadiff.trainer.experiment.Variant;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
          + " and cost, which measures instead and writes results/cost.json anew."
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

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1,2,3",
      description = "seeds, each a training of its own (default: ${DEFAULT-VALUE})")
  private List<Long> seeds;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "results file to add to (default: results/NAME.json)")
  private Path output;

  @Option(names = "--force", description = "score again what the results file has")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    PrintStream progress = System.err;
    if (name.equals(COST)) {
      return cost(progress);
    }
    String seedList = String.join(",", seeds.stream().map(String::valueOf).toList());
    Experiment experiment;
    SystemEvaluation evaluation;
    Path file;
    try {
      experiment = Experiment.of(name);
      file =
          output == null ? SystemOptions.home().resolve("results").resolve(name + ".json") : output;
      evaluation =
          new SystemEvaluation(
              file,
              "dynadiff experiment "
                  + name
                  + " "
                  + system
                  + " --preset "
                  + options.preset()
                  + " --seeds "
                  + seedList,
              force,
              progress);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
    int run = 0;
    int runs = experiment.variants().size() * seeds.size();
    for (long seed : seeds) {
      for (Variant variant : experiment.variants()) {
        progress.printf("%s %d/%d: %s, seed %d%n", name, ++run, runs, variant.name(), seed);
        TrainedSystem trained = open(variant, seed, progress);
        evaluation.run(
            variant.name(),
            options.preset(),
            trained,
            variant.windowLength().orElse(trained.preset().windowLength()),
            experiment.methods());
      }
    }
    PrintStream out = System.out;
    evaluation
        .table()
        .figures()
        .forEach(
            (figure, value) -> {
              if (figure.contains("." + system + ".unseen.rmse.")) {
                out.printf(Locale.ROOT, "%-64s %.5f%n", figure, value);
              }
            });
    out.printf(Locale.ROOT, "figures in %s%n", file);
    return 0;
  }

  /** Costs are of one training: the first seed's. */
  private int cost(PrintStream progress) throws IOException {
    long start = System.nanoTime();
    TrainedSystem trained = open(Variant.unchanged(COST), seeds.get(0), progress);
    Map<String, Double> figures = new TreeMap<>();
    new CostMeasurement(trained)
        .run()
        .forEach((figure, value) -> figures.put(system + "." + figure, value));
    Path file =
        output == null ? SystemOptions.home().resolve("results").resolve("cost.json") : output;
    ResultsFile.write(
        file,
        "dynadiff experiment cost " + system + " --preset " + options.preset(),
        trained.preset(),
        Map.of("training", seeds.get(0)),
        (System.nanoTime() - start) / 1e9,
        figures);
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
