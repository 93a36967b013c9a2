package io.dynadiff.cli.forecasts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynadiff forecasts}: reads what forecasters publish. */
@Command(
    name = "forecasts",
    mixinStandardHelpOptions = true,
    description = "Show forecasts as they come, or write them to a file.",
    footer = {"", "Example:", "  dynadiff forecasts tail --follow"},
    subcommands = {TailForecasts.class, ExportForecasts.class, DrawForecasts.class})
public final class ForecastsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: tail, export or draw.");
  }
}
