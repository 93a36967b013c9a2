package io.dynadiff.cli.command;

import io.dynadiff.cli.export.ExportedExpert;
import io.dynadiff.commands.CommandReport;
import io.dynadiff.models.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dynadiff bundle export}: a bundle's base expert as safetensors. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write a bundle's base expert as safetensors, with a reference frame and what the expert"
          + " makes of it beside it.",
    },
    footer = {
      "",
      "Example:",
      "  dynadiff bundle export bundles/lambda-omega --output base.safetensors"
    })
final class ExportBase implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIRECTORY", description = "The bundle.")
  private Path directory;

  @Option(names = "--output", paramLabel = "FILE", required = true, description = "The file.")
  private Path output;

  @Override
  public Integer call() {
    Bundle bundle;
    try {
      bundle = Bundle.open(directory);
    } catch (IOException | IllegalArgumentException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    }
    ExportedExpert expert =
        new ExportedExpert(
            bundle.expertSpec(),
            bundle.normalisation(),
            bundle.baseWeights(),
            Map.of("bundleId", bundle.id(), "system", bundle.system(), "weightsVersion", "0"));
    return ExportWeights.write(spec, expert, output);
  }
}
