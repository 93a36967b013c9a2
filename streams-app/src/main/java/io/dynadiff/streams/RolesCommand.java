package io.dynadiff.streams;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.console.Console;
import io.dynadiff.console.server.ServerSettings;
import io.dynadiff.console.state.Limits;
import io.dynadiff.schemas.topics.TopicContradiction;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.streams.config.OnlineSettings;
import io.dynadiff.streams.config.Settings;
import io.dynadiff.streams.role.StateDirectoryInUse;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The commands that run roles: {@code adapt}, {@code generate}, {@code forecast}, {@code verify},
 * and {@code run} for several in one process.
 */
public abstract class RolesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private RoleOptions options;

  /** Names of the roles to run. */
  abstract List<String> roles();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    OnlineRoles online;
    OnlineConfiguration configuration;
    try {
      Settings settings = options.settings(spec);
      // Roles wait for a broker that is restarted: the clients' own patience is right for them.
      configuration = OnlineSettings.configuration(settings, System.getenv());
      online = OnlineRoles.of(configuration, roles());
      settings.lines().forEach(line -> err.println("  " + line));
      err.flush();
    } catch (IllegalArgumentException | StateDirectoryInUse | IOException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    }
    try {
      Closeable beside = beside(configuration, err);
      try {
        return UntilStopped.run(online, configuration.metrics(), err);
      } finally {
        beside.close();
      }
    } catch (TopicContradiction | IOException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    } catch (KafkaException e) {
      return CommandReport.report(spec, e, CommandReport.FAILED);
    }
  }

  /**
   * What runs beside the roles; nothing unless asked for.
   *
   * @throws IOException if it cannot be opened
   */
  Closeable beside(OnlineConfiguration configuration, PrintWriter err) throws IOException {
    return () -> {};
  }

  /** Runs the adapt role. */
  @Command(
      name = "adapt",
      mixinStandardHelpOptions = true,
      description = "Admit frames, detect shifts and ask for weights.",
      footer = {"", "Example:", "  dynadiff adapt --bootstrap-servers localhost:9092"})
  public static final class Adapt extends RolesCommand {
    @Override
    List<String> roles() {
      return List.of("adapt");
    }
  }

  /** Runs the generate role. */
  @Command(
      name = "generate",
      mixinStandardHelpOptions = true,
      description = "Write weights for the windows that adapt asks about.",
      footer = {"", "Example:", "  dynadiff generate --bundles bundles/lambda-omega"})
  public static final class Generate extends RolesCommand {
    @Override
    List<String> roles() {
      return List.of("generate");
    }
  }

  /** Runs the forecast role. */
  @Command(
      name = "forecast",
      mixinStandardHelpOptions = true,
      description = "Forecast from every admitted frame and swap experts as weights come in.",
      footer = {"", "Example:", "  dynadiff forecast --set forecast.trial-frames=20"})
  public static final class Forecast extends RolesCommand {
    @Override
    List<String> roles() {
      return List.of("forecast");
    }
  }

  /** Runs the verify role. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Score every admitted frame against the forecasts that are valid at it.",
      footer = {"", "Example:", "  dynadiff verify --schema-registry http://localhost:8081"})
  public static final class Verify extends RolesCommand {
    @Override
    List<String> roles() {
      return List.of("verify");
    }
  }

  /** Runs several roles in one process. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Run several roles in one process; they still meet on Kafka only.",
      footer = {"", "Example:", "  dynadiff run --roles adapt,generate,forecast,verify"})
  public static final class Run extends RolesCommand {

    @Option(
        names = "--roles",
        paramLabel = "ROLE",
        split = ",",
        defaultValue = "adapt,generate,forecast,verify",
        description = "Roles to run (default: ${DEFAULT-VALUE}).")
    private List<String> roles;

    @Option(
        names = "--console-port",
        paramLabel = "PORT",
        description =
            "Serve the web console on this port of localhost, too; 0 takes a free one. `dynadiff"
                + " console` serves it alone.")
    private Integer consolePort;

    @Override
    Closeable beside(OnlineConfiguration configuration, PrintWriter err) throws IOException {
      if (consolePort == null) {
        return super.beside(configuration, err);
      }
      Console console =
          Console.open(
              configuration.connection(),
              configuration.topics(),
              ServerSettings.local(consolePort),
              Limits.DEFAULT);
      err.println("console at " + console.url());
      err.flush();
      return console::close;
    }

    @Override
    List<String> roles() {
      return roles;
    }
  }
}
