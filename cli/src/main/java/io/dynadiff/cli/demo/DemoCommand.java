package io.dynadiff.cli.demo;

import io.dynadiff.cli.command.DurationText;
import io.dynadiff.commands.GracefulStop;
import io.dynadiff.console.Console;
import io.dynadiff.console.server.ServerSettings;
import io.dynadiff.console.state.Limits;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.embedded.EmbeddedStartException;
import io.dynadiff.physics.recorded.RecordedDataException;
import io.dynadiff.streams.OnlineRoles;
import io.dynadiff.streams.config.OnlineConfiguration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows the whole system on one machine: broker, registry, feeds and all roles in this process.
 *
 * <p>Exit codes: 0 when nothing was lost, 1 when something was or a part failed, 2 on bad usage or
 * input. Ctrl-C ends it early with the same drain and the same verdict.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Run everything embedded: replay real ERA5 tiles, simulate two Lambda-Omega feeds and three"
          + " flows, of which all but one feed shift midway, generate experts for all of them, and"
          + " judge whether a frame was lost.",
    },
    footer = {
      "",
      "Example:",
      "  dynadiff demo --duration 2m --broker-port 9092 --registry-port 8081"
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int NOTHING_LOST = 0;
  private static final int LOST_OR_FAILED = 1;
  private static final int BAD_INPUT = 2;
  private static final int PARTITIONS = 4;

  @Spec private CommandSpec spec;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = DurationText.class,
      description = "How long the feeds run, for example 90s (default: ${DEFAULT-VALUE}).")
  private Duration duration;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the broker on localhost; 0 takes a free one (default).")
  private int brokerPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the Schema Registry on localhost; 0 takes a free one (default).")
  private int registryPort;

  @Option(
      names = "--console-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the web console on localhost; 0 takes a free one (default).")
  private int consolePort;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keep topics, schemas and state here (default: a temporary directory).")
  private Path dataDirectory;

  @Option(
      names = "--bundles",
      paramLabel = "DIR",
      defaultValue = "${sys:dynadiff.home:-.}/bundles",
      description = "Bundles of the five systems (default: bundles of the project).")
  private Path bundles;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      defaultValue = "${sys:dynadiff.home:-.}/data/era5-2mt-2019-03-uk-cds.nc",
      description = "The recording that is replayed (default: the project's ERA5 file).")
  private Path recording;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Optional<String> missing = missingInput();
    if (missing.isPresent()) {
      return refuse(err, missing.get());
    }
    int status = LOST_OR_FAILED;
    try (GracefulStop stop = GracefulStop.install()) {
      try {
        status = run(stop);
      } catch (EmbeddedStartException
          | RecordedDataException
          | IllegalArgumentException
          | IOException e) {
        status = refuse(err, e.getMessage());
      } finally {
        stop.finished(status);
      }
    }
    return status;
  }

  private int run(GracefulStop stop) throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Path state =
        dataDirectory == null
            ? Files.createTempDirectory("dynadiff-state-")
            : Files.createDirectories(dataDirectory.resolve("state"));
    EmbeddedOptions options =
        new EmbeddedOptions(
            brokerPort,
            registryPort,
            Optional.ofNullable(dataDirectory).map(directory -> directory.resolve("kafka")),
            PARTITIONS);
    List<String> objections;
    out.println("Starting broker, registry and roles ...");
    out.flush();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options);
        OnlineRoles roles =
            OnlineRoles.all(
                OnlineConfiguration.of(
                    kafka.connection(), kafka.topics(), state, List.of(bundles)));
        DemoObserver observer = DemoObserver.start(kafka.connection(), kafka.topics());
        Console console =
            Console.open(
                kafka.connection(),
                kafka.topics(),
                ServerSettings.local(consolePort),
                Limits.DEFAULT)) {
      out.println("Console at " + console.url() + ": open it in a browser while this runs.");
      out.flush();
      LiveView view =
          terminal()
              ? LiveView.onTerminal(out, Integer.getInteger("dynadiff.columns", 80))
              : LiveView.inLines(out);
      objections = new DemoRun(kafka, roles, observer, recording, duration, stop, view, out).run();
    } finally {
      if (dataDirectory == null) {
        delete(state, spec.commandLine().getErr());
      }
    }
    return objections.isEmpty() ? NOTHING_LOST : LOST_OR_FAILED;
  }

  private Optional<String> missingInput() {
    if (!Files.isRegularFile(recording)) {
      return Optional.of(
          "no recording at %s; name a NetCDF file with --recording".formatted(recording));
    }
    for (String system : DemoFeeds.systems()) {
      if (!Files.isDirectory(bundles.resolve(system))) {
        return Optional.of(
            "no bundle of %s in %s; name another directory with --bundles, or train it with"
                    .formatted(system, bundles)
                + " `dynadiff train %s`".formatted(system));
      }
    }
    return Optional.empty();
  }

  private int refuse(PrintWriter err, String message) {
    err.println(spec.qualifiedName(" ") + ": " + message);
    err.flush();
    return BAD_INPUT;
  }

  private static boolean terminal() {
    String kind = System.getenv("TERM");
    return System.console() != null && kind != null && !kind.equals("dumb");
  }

  /** Deletes what the run has left; the verdict stands even where that fails. */
  static void delete(Path directory, PrintWriter err) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      err.printf(
          "dynadiff demo: warning: temporary state in %s could not be deleted (%s); delete it by"
              + " hand%n",
          directory, e);
      err.flush();
    }
  }
}
