package io.dynadiff.cli;

import ch.qos.logback.classic.Level;
import io.dynadiff.cli.bench.BenchCommand;
import io.dynadiff.cli.command.BrokerCommand;
import io.dynadiff.cli.command.BundleCommand;
import io.dynadiff.cli.command.CompletionCommand;
import io.dynadiff.cli.command.TopicsCommand;
import io.dynadiff.cli.command.WeightsCommand;
import io.dynadiff.cli.command.ZooCommand;
import io.dynadiff.cli.demo.DemoCommand;
import io.dynadiff.cli.forecasts.ForecastsCommand;
import io.dynadiff.cli.physics.PhysicsCommand;
import io.dynadiff.commands.NearestName;
import io.dynadiff.console.ConsoleCommand;
import io.dynadiff.producers.observe.ObserveCommand;
import io.dynadiff.producers.replay.ReplayCommand;
import io.dynadiff.producers.sensor.SensorCommand;
import io.dynadiff.producers.simulate.SimulateCommand;
import io.dynadiff.producers.trajectories.TrajectoriesCommand;
import io.dynadiff.streams.ConfigCommand;
import io.dynadiff.streams.RolesCommand;
import io.dynadiff.trainer.EvaluateCommand;
import io.dynadiff.trainer.ExperimentCommand;
import io.dynadiff.trainer.TrainCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code dynadiff} command, which gathers the commands of all parts. */
@Command(
    name = "dynadiff",
    mixinStandardHelpOptions = true,
    versionProvider = ProjectVersion.class,
    description =
        "Live forecasting of physical fields whose conditions shift: a generative model writes the"
            + " weights of a new expert from the last few frames, and running forecasters swap to"
            + " it without a restart.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 done, 1 a failure while running, 2 wrong usage,",
      "configuration or input, 130 ended by Ctrl-C (143 by SIGTERM) before it was done.",
      "",
      "Example, everything in one process on real data:",
      "  dynadiff demo --duration 2m"
    },
    subcommands = {
      DemoCommand.class,
      ReplayCommand.class,
      SensorCommand.class,
      ObserveCommand.class,
      SimulateCommand.class,
      TrajectoriesCommand.class,
      RolesCommand.Run.class,
      RolesCommand.Adapt.class,
      RolesCommand.Generate.class,
      RolesCommand.Forecast.class,
      RolesCommand.Verify.class,
      ConfigCommand.class,
      ConsoleCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ExperimentCommand.class,
      BenchCommand.class,
      ForecastsCommand.class,
      WeightsCommand.class,
      ZooCommand.class,
      BundleCommand.class,
      BrokerCommand.class,
      TopicsCommand.class,
      PhysicsCommand.class,
      CompletionCommand.class
    })
public final class Dynadiff implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--log-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Append a log of everything from INFO up to FILE.")
  private Path logFile;

  /** What of the log reaches standard error. */
  enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description =
          "How the log is written: text, or json for one object per line with the environment and"
              + " the version of the weights as fields (default: text).")
  private LogFormat logFormat;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      scope = ScopeType.INHERIT,
      description =
          "What of the log reaches standard error: debug, info, warn or error; info has a line for"
              + " every decision about an expert (default: warn).")
  private LogLevel logLevel;

  /** Runs the command line and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs the command line and returns its exit status. */
  public static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  /** The whole tree of commands, for tests and for the reference. */
  public static CommandLine commandLine() {
    Dynadiff root = new Dynadiff();
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        // bench --part experts, which is a command of bench, too.
        .setAllowSubcommandsAsOptionParameters(true)
        .setExecutionStrategy(root::openLogAndRun)
        .setParameterExceptionHandler(Dynadiff::refuse)
        .setExecutionExceptionHandler(Dynadiff::report);
  }

  /** Without a subcommand there is nothing to do but to say what there is. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command.");
  }

  private int openLogAndRun(ParseResult parsed) {
    LogFormat format = logFormat == null ? LogFormat.TEXT : logFormat;
    if (logFormat != null || logLevel != null) {
      LogLevel level = logLevel == null ? LogLevel.WARN : logLevel;
      Logs.toStandardError(format, Level.toLevel(level.name()));
    }
    if (logFile != null) {
      Logs.toFile(logFile, format);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** Wrong usage: one line, where picocli would print the whole help after it. */
  private static int refuse(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName(" ");
    boolean group = e instanceof UnmatchedArgumentException && !command.getSubcommands().isEmpty();
    command
        .getErr()
        .println(
            name
                + ": "
                + e.getMessage().replaceAll("\\s*\\R\\s*", "; ")
                + (group
                    ? "; expected one of " + String.join(", ", command.getSubcommands().keySet())
                    : "")
                + suggestion(e)
                + "; see "
                + name
                + " --help");
    command.getErr().flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** What somebody may have meant who mistyped a command or an option. */
  private static String suggestion(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return "";
    }
    CommandSpec known = e.getCommandLine().getCommandSpec();
    List<String> names = new ArrayList<>(known.subcommands().keySet());
    names.addAll(known.optionsMap().keySet());
    return NearestName.of(unmatched.getUnmatched().get(0), names)
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  /** A failure that no command explains: its chain of messages, and the trace in the log. */
  private static int report(Exception failure, CommandLine command, ParseResult parsed) {
    LoggerFactory.getLogger(Dynadiff.class).info("The command failed", failure);
    StringBuilder message =
        new StringBuilder(command.getCommandSpec().qualifiedName(" ")).append(": ");
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      message.append(cause == failure ? "" : "; because: ");
      message.append(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
    command.getErr().println(message);
    return 1;
  }
}
