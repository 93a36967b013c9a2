package io.dynadiff.cli.bench;

import io.dynadiff.cli.bench.experts.ExpertsCommand;
import io.dynadiff.cli.bench.generation.GenerationCommand;
import io.dynadiff.cli.bench.online.OnlineCommand;
import io.dynadiff.cli.bench.scaling.ScalingCommand;
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
    subcommands = {
      ShiftDetectionCommand.class,
      ExpertsCommand.class,
      OnlineCommand.class,
      GenerationCommand.class,
      ScalingCommand.class
    })
public final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: one of " + spec.subcommands().keySet());
  }
}
