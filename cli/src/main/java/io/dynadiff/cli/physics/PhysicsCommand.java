package io.dynadiff.cli.physics;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynadiff physics}: checks, measures and draws the physical systems. */
@Command(
    name = "physics",
    mixinStandardHelpOptions = true,
    description = "Check the solvers and readers, measure their speed, or draw their fields.",
    footer = {"", "Example:", "  dynadiff physics validate --quick"},
    subcommands = {ValidateCommand.class, ThroughputCommand.class, GalleryCommand.class})
public final class PhysicsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: validate, throughput or gallery.");
  }
}
