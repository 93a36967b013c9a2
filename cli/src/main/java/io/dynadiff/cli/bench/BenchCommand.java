package io.dynadiff.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynadiff bench}: measures parts of the system. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure parts of the system.",
    footer = {"", "Example:", "  dynadiff bench shift-detection"},
    subcommands = {ShiftDetectionCommand.class, ExpertsCommand.class})
public final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: one of " + spec.subcommands().keySet());
  }
}
