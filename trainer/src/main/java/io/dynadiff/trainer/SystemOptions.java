package io.dynadiff.trainer;

import io.dynadiff.trainer.data.DataPlan;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.SystemDataSource;
import io.dynadiff.trainer.evaluation.ResultsFile;
import io.dynadiff.trainer.experiment.Variant;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.preset.Preset;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options of every command that works on a trained system. */
public final class SystemOptions {

  @Option(
      names = "--preset",
      defaultValue = "laptop",
      description =
          "laptop (two cores, end to end), smoke or paper (the paper's sizes, weeks)"
              + " (default: ${DEFAULT-VALUE})")
  private String preset;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      defaultValue = "${sys:dynadiff.home:-.}/data/era5-2mt-2019-03-uk-cds.nc",
      description = "recorded data, for era5-uk (default: ${DEFAULT-VALUE})")
  private Path recording;

  @Option(
      names = "--work",
      paramLabel = "DIRECTORY",
      defaultValue = "${sys:dynadiff.home:-.}/.dynadiff/training",
      description = "where stages keep results and checkpoints (default: ${DEFAULT-VALUE})")
  private Path work;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "changes one setting of the preset, such as zoo.perEnvironment=6")
  private List<String> changes = List.of();

  /** Name of the preset. */
  String preset() {
    return preset;
  }

  /** The name of runs of a variant: those of other settings must not be taken for them. */
  String named(String variant) {
    return Stream.concat(Stream.of(variant), changes.stream())
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** These options, as far as results depend on them, as they are given on a command line. */
  String line() {
    return " --preset "
        + preset
        + changes.stream().map(change -> " --set " + change).collect(Collectors.joining());
  }

  /** The checkout that the launcher belongs to, whatever directory it was called from. */
  static Path home() {
    return Path.of(System.getProperty("dynadiff.home", "."));
  }

  /**
   * Every setting of a system's training: the preset, changed by the options and then by a variant.
   *
   * @throws IllegalArgumentException if there is no such system, preset or setting
   */
  public Preset settings(String system, Variant variant) {
    Preset settings = Preset.of(system, preset);
    for (String change : changes) {
      String[] parts = change.split("=", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException(
            "--set: expected PATH=VALUE such as zoo.perEnvironment=6, found \"" + change + "\"");
      }
      settings = settings.with(parts[0], parts[1]);
    }
    return variant.apply(settings);
  }

  /**
   * Opens a system; its parts are trained when they are asked for.
   *
   * @throws IllegalArgumentException if there is no such system or preset
   */
  public TrainedSystem open(String system, Variant variant, long seed, PrintStream progress) {
    return open(system, settings(system, variant), seed, progress);
  }

  /**
   * Opens a system under given settings.
   *
   * @throws IllegalArgumentException if there is no such system
   */
  TrainedSystem open(String system, Preset settings, long seed, PrintStream progress) {
    // Results name the version that this process runs, whatever is committed while it does.
    ResultsFile.commit();
    DataPlan plan = settings.data();
    SystemDataSource source = new SystemDataSource(recording);
    SystemData data = source.load(system, plan, work, progress);
    return new TrainedSystem(data, source.key(system, plan), settings, seed, work, progress);
  }
}
