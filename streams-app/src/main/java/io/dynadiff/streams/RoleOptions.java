package io.dynadiff.streams;

import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.streams.config.OnlineProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
          "Properties file with settings of the roles, for example forecast.trial-frames.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One such setting; wins over the file. May be given several times.")
  private Map<String, String> settings = new TreeMap<>();

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serve /metrics, /health/live and /health/ready here; 0 takes a free port. Short for"
              + " --set metrics.port=PORT; metrics.address says where to listen (default:"
              + " 127.0.0.1, this machine only).")
  private Integer metricsPort;

  /**
   * The configuration that the options ask for.
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a value is not possible
   */
  OnlineConfiguration configuration() throws IOException {
    Map<String, String> properties = new TreeMap<>();
    if (config != null) {
      properties.putAll(KafkaConnection.readClientProperties(config));
    }
    properties.putAll(settings);
    if (metricsPort != null) {
      properties.put("metrics.port", metricsPort.toString());
    }
    // Roles wait for a broker that is restarted: the clients' own patience is right for them.
    return OnlineProperties.configuration(
        kafka.connection(Map.of()), kafka.topics(), stateDirectory, bundles, properties);
  }
}
