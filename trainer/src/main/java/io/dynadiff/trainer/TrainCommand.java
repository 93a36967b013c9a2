package io.dynadiff.trainer;

import io.dynadiff.physics.recorded.RecordedDataException;
import io.dynadiff.physics.store.TrajectoryFormatException;
import io.dynadiff.trainer.evaluation.ResultsFile;
import io.dynadiff.trainer.experiment.Variant;
import io.dynadiff.trainer.pipeline.BundleTraining;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageCost;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
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

/** {@code dynadiff train}: from data to a bundle. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description =
        "Trains a bundle for one system, one of the project's or a feed of your own. A stopped"
            + " training goes on where it was.",
    footer = {
      "",
      "Example:",
      "  dynadiff train lambda-omega --preset laptop",
      "",
      "Data of your own, recorded by sensor --to-store or trajectories import or record:",
      "  dynadiff train my-stations --data store --output my-bundle"
    })
public final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "SYSTEM",
      description =
          "lambda-omega, kolmogorov-flow, navier-stokes, cylinder-flow, lotka-volterra or era5-uk;"
              + " or the --system of data of your own, with --data")
  private String system;

  @Mixin private SystemOptions options;

  @Option(
      names = "--steps-per-stage",
      paramLabel = "N",
      description = "ends every stage after N steps: for seeing what a preset takes")
  private Integer stepsPerStage;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "seed of every random choice (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--output",
      paramLabel = "DIRECTORY",
      description =
          "where to write the bundle (default: bundles/SYSTEM, of your own data in the working"
              + " directory)")
  private Path output;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "where to write the figures (default: results/training-SYSTEM.json)")
  private Path results;

  @Override
  public Integer call() throws IOException {
    PrintStream progress = System.err;
    TrainedSystem trained;
    try {
      trained = options.open(system, settings(), seed, progress);
    } catch (IllegalArgumentException | RecordedDataException | TrajectoryFormatException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
    long start = System.nanoTime();
    String line = line();
    BundleTraining.Result result =
        BundleTraining.run(
            trained, output == null ? place("bundles").resolve(system) : output, line);
    double seconds = (System.nanoTime() - start) / 1e9;
    Path file =
        results == null ? place("results").resolve("training-" + system + ".json") : results;
    Map<String, Double> figures = new TreeMap<>(result.figures());
    // Stages that an earlier run finished cost this one nothing.
    Map<String, StageCost> costs = trained.costs();
    costs.forEach(
        (stage, cost) -> figures.put(system + ".stage." + stage + ".seconds", cost.seconds()));
    ResultsFile.write(file, line, trained.preset(), Map.of("training", seed), seconds, figures);
    PrintStream out = System.out;
    figures.forEach((name, value) -> out.printf(Locale.ROOT, "%-48s %.5f%n", name, value));
    out.printf(
        Locale.ROOT,
        "bundle %s, figures in %s, %.0f s, its stages %.0f s over all runs%n",
        result.bundle().id(),
        file,
        seconds,
        costs.values().stream().mapToDouble(StageCost::seconds).sum());
    return 0;
  }

  /** Where a kind of output goes: the checkout for its own systems, else the working directory. */
  private Path place(String kind) {
    return SystemOptions.own(system) ? Path.of(kind) : SystemOptions.home().resolve(kind);
  }

  private Preset settings() {
    Preset preset = options.settings(system, Variant.unchanged(""));
    return stepsPerStage == null ? preset : preset.withStepsPerStage(stepsPerStage);
  }

  /** The command that makes the same again. */
  private String line() {
    StringBuilder line = new StringBuilder("dynadiff train ").append(system);
    line.append(options.line()).append(" --seed ").append(seed);
    if (stepsPerStage != null) {
      line.append(" --steps-per-stage ").append(stepsPerStage);
    }
    return line.toString();
  }
}
