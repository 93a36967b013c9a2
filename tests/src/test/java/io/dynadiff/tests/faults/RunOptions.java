package io.dynadiff.tests.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What all runs with faults can be told. */
final class RunOptions {

  @Option(names = "--seed", defaultValue = "1", description = "Of everything random (default: 1).")
  long seed;

  @Option(names = "--environments", defaultValue = "6", description = "Fed at once (default: 6).")
  int environments;

  @Option(
      names = "--speed",
      defaultValue = "0.4x",
      description = "Of the feed; 1x is five frames a second of each environment (default: 0.4x).")
  String speed;

  @Option(
      names = "--instances",
      split = ",",
      defaultValue = "adapt=2,generate=1,forecast=2,verify=1",
      description = "Processes of each role (default: ${DEFAULT-VALUE}).")
  Map<String, Integer> instances;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of every role; may be given several times.")
  List<String> settings = new ArrayList<>();

  @Option(
      names = "--results",
      description =
          "Results file, to which the run is added (default: results/faults.json, or"
              + " results/soak.json).")
  Path results;

  @Option(
      names = "--work-dir",
      description = "Logs, state and the broker's data (default: a temporary directory, kept).")
  Path directory;

  /** What makes up a run but for its length, in one line. */
  String setup() {
    return "seed %d, %d environments at %s, %s, settings %s, JVM %s"
        .formatted(
            seed,
            environments,
            speed,
            new TreeMap<>(instances),
            settings,
            RoleProcess.jvmArguments());
  }
}
