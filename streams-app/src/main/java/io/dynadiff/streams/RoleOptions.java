package io.dynadiff.streams;

import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.streams.config.GivenValue;
import io.dynadiff.streams.config.Settings;
import io.dynadiff.streams.config.SettingsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options that the commands of all roles share. */
public final class RoleOptions {

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--bundles",
      paramLabel = "DIR",
      split = ",",
      defaultValue = "${sys:dynadiff.home:-.}/bundles",
      description =
          "Bundles, or directories of bundles; one per system (default: ${DEFAULT-VALUE}).")
  private List<Path> bundles;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      defaultValue = ".dynadiff/state",
      description = "Where roles keep their state, one process each (default: ${DEFAULT-VALUE}).")
  private Path stateDirectory;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML file with settings, for all roles or one; dynadiff config schema describes it.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "One such setting, for example forecast.trial-frames=20; wins over the file. May be given"
              + " several times.")
  private Map<String, String> settings = new TreeMap<>();

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serve /metrics, /health/live and /health/ready here; 0 takes a free port. Short for"
              + " --set metrics.port=PORT; metrics.address says where to listen (default:"
              + " 127.0.0.1, this machine only).")
  private Integer metricsPort;

  /** Options that are short for a setting. */
  private static final Map<String, String> SHORT =
      Map.of(
          "--bootstrap-servers", "kafka.bootstrap-servers",
          "--schema-registry", "kafka.schema-registry",
          "--client-properties", "kafka.client-properties",
          "--topic-prefix", "kafka.topic-prefix",
          "--partitions", "kafka.partitions",
          "--replication-factor", "kafka.replication-factor",
          "--bundles", "bundles",
          "--state-dir", "state-dir",
          "--metrics-port", "metrics.port");

  /**
   * The settings in effect: defaults, over them the file, over it the options.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if a setting is not known or not possible
   */
  Settings settings(CommandSpec spec) throws IOException {
    Map<String, GivenValue> given = new LinkedHashMap<>();
    String places = bundles.stream().map(Path::toString).collect(Collectors.joining(","));
    given.put("bundles", new GivenValue(places, "default"));
    if (config != null) {
      given.putAll(SettingsFile.read(config));
    }
    ParseResult parsed = spec.commandLine().getParseResult();
    SHORT.forEach(
        (option, key) -> {
          if (parsed.hasMatchedOption(option)) {
            String text = String.join(",", parsed.matchedOption(option).stringValues());
            given.put(key, new GivenValue(text, option));
          }
        });
    settings.forEach((key, text) -> given.put(key, new GivenValue(text, "--set")));
    return new Settings(given, System.getenv());
  }
}
