package io.dynadiff.trainer;

import io.dynadiff.trainer.data.DataPlan;
import io.dynadiff.trainer.data.FeedData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.SystemDataSource;
import io.dynadiff.trainer.evaluation.ResultsFile;
import io.dynadiff.trainer.experiment.Variant;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.preset.FeedPresets;
import io.dynadiff.trainer.preset.Preset;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options of every command that works on a trained system. */
public final class SystemOptions {

  /** The only system of the project's own whose data are recorded. */
  private static final String RECORDED = "era5-uk";

  @Option(
      names = "--preset",
      defaultValue = "laptop",
      description =
          "laptop (two cores, end to end), smoke or paper (the paper's sizes, weeks)"
              + " (default: ${DEFAULT-VALUE})")
  private String preset;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description =
          "a trajectory store with data of your own, which gives any other SYSTEM its frames; for"
              + " era5-uk a recording (default for it: data/era5-2mt-2019-03-uk-cds.nc)")
  private Path given;

  @Option(
      names = "--conditions",
      paramLabel = "FILE",
      description =
          "of your own data: CSV with a line for each environment (environment,NAME (UNIT),...), or"
              + " unknown (default: what the frames say, where it differs between environments)")
  private String conditions;

  @Option(
      names = "--unseen",
      split = ",",
      paramLabel = "ID",
      description =
          "of your own data: environments to hold out and score on, comma-separated (default: every"
              + " fifth)")
  private List<String> unseen = List.of();

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

  /** Looked into once, however often settings are asked for. */
  private FeedData feed;

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
    return (given == null ? "" : " --data " + given)
        + (conditions == null ? "" : " --conditions " + conditions)
        + (unseen.isEmpty() ? "" : " --unseen " + String.join(",", unseen))
        + " --preset "
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
    Preset plain = own(system) ? FeedPresets.of(feed(system), preset) : preset(system);
    Map<String, String> values = new LinkedHashMap<>();
    for (String change : changes) {
      String[] parts = change.split("=", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException(
            "--set: expected PATH=VALUE such as zoo.perEnvironment=6, found \"" + change + "\"");
      }
      values.put(parts[0], parts[1]);
    }
    Preset settings = variant.apply(plain.with(values));
    if (own(system) || system.equals(RECORDED)) {
      requireRecorded(system, plain.data(), settings.data());
    }
    return settings;
  }

  /** Recorded frames are what they are: of the plan only the length of scored rollouts counts. */
  private static void requireRecorded(String system, DataPlan plain, DataPlan changed) {
    if (!changed.with("horizon", plain.horizon()).equals(plain)) {
      throw new IllegalArgumentException(
          system
              + ": expected no other setting of data than data.horizon to be changed, as its frames"
              + " are recorded, found "
              + changed);
    }
  }

  /** Whether a system is none of those that the project knows. */
  static boolean own(String system) {
    return !Preset.SYSTEMS.contains(system);
  }

  private Preset preset(String system) {
    if (conditions != null || !unseen.isEmpty() || given != null && !system.equals(RECORDED)) {
      throw new IllegalArgumentException(
          "--data, --conditions, --unseen: expected none of them for "
              + system
              + ", whose data the project makes itself; give data of your own another name, the"
              + " --system it was recorded with");
    }
    return Preset.of(system, preset);
  }

  private FeedData feed(String system) {
    if (given == null) {
      throw new IllegalArgumentException(
          "expected a system out of "
              + Preset.SYSTEMS
              + ", or --data with a trajectory store of your own, found \""
              + system
              + "\" and no --data");
    }
    if (feed == null) {
      if (!system.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw new IllegalArgumentException(
            "SYSTEM: expected letters, digits, '.', '-' and '_', found \"" + system + "\"");
      }
      feed = FeedData.open(given, system, Optional.ofNullable(conditions), unseen);
    }
    return feed;
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
    if (own(system)) {
      FeedData feed = feed(system);
      SystemData data = feed.load(plan.horizon(), settings.windowLength(), progress);
      return new TrainedSystem(data, feed.key(), settings, seed, work, progress);
    }
    Path recording =
        given == null ? home().resolve("data").resolve("era5-2mt-2019-03-uk-cds.nc") : given;
    SystemDataSource source = new SystemDataSource(recording);
    SystemData data = source.load(system, plan, work, progress);
    return new TrainedSystem(data, source.key(system, plan), settings, seed, work, progress);
  }
}
