package io.dynadiff.streams;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.JsonDocument;
import io.dynadiff.streams.config.OnlineSettings;
import io.dynadiff.streams.config.Settings;
import io.dynadiff.streams.config.SettingsReference;
import io.dynadiff.streams.config.SettingsSchema;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynadiff config}: what roles would be started with. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description =
        "Check and show the settings of the roles, or describe what may be in their file.",
    subcommands = {
      ConfigCommand.Show.class,
      ConfigCommand.Schema.class,
      ConfigCommand.Reference.class
    },
    footer = {"", "Example:", "  dynadiff config show --config roles.yaml"})
public final class ConfigCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: expected show, schema or reference.");
  }

  /** {@code config show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Print every setting in effect and where it came from: default, file and line, or option.",
        "Secrets are not printed. Exit status 2 if a role would refuse to start with them."
      },
      footer = {
        "",
        "Example:",
        "  dynadiff config show --config roles.yaml --set forecast.trial-frames=20"
      })
  static final class Show implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private RoleOptions options;

    @Option(names = "--json", description = "Print one JSON object: key to text and origin.")
    private boolean json;

    @Override
    public Integer call() {
      Settings settings;
      try {
        settings = options.settings(spec);
        OnlineSettings.configuration(settings, System.getenv());
      } catch (IllegalArgumentException | IOException e) {
        return CommandReport.report(spec, e, CommandReport.REFUSED);
      }
      if (json) {
        JsonDocument.print(spec.commandLine().getOut(), settings.shown());
      } else {
        settings.lines().forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
      }
      return CommandReport.DONE;
    }
  }

  /** {@code config schema}. */
  @Command(
      name = "schema",
      mixinStandardHelpOptions = true,
      description = "Print the JSON Schema of the file of settings, for editors and checkers.",
      footer = {"", "Example:", "  dynadiff config schema > dynadiff.schema.json"})
  static final class Schema implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      JsonDocument.print(spec.commandLine().getOut(), SettingsSchema.document());
      return CommandReport.DONE;
    }
  }

  /** {@code config reference}. */
  @Command(
      name = "reference",
      mixinStandardHelpOptions = true,
      description = "Print the reference of all settings as Markdown.",
      footer = {"", "Example:", "  dynadiff config reference > docs/settings.md"})
  static final class Reference implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      spec.commandLine().getOut().print(SettingsReference.markdown());
      spec.commandLine().getOut().flush();
      return CommandReport.DONE;
    }
  }
}
