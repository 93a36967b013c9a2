package io.dynadiff.cli.bench;

import io.dynadiff.cli.bench.experts.ExpertsCommand;
import io.dynadiff.cli.bench.experts.ExpertsPart;
import io.dynadiff.cli.bench.generation.GenerationCommand;
import io.dynadiff.cli.bench.kernels.KernelsCommand;
import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.MeasuringCommand;
import io.dynadiff.cli.bench.online.LoadOptions;
import io.dynadiff.cli.bench.online.OnlineCommand;
import io.dynadiff.cli.bench.report.BenchReport;
import io.dynadiff.cli.bench.report.ReportCommand;
import io.dynadiff.cli.bench.scaling.ScalingCommand;
import io.dynadiff.cli.bench.wire.WireCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dynadiff bench}: measures everything, or by its subcommands a part. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measure how fast everything is: what the subcommands kernels, experts, online, generation, wire"
          + " and scaling measure, one after the other, in about an hour. A complete run writes"
          + " results/bench.json and the tables of docs/performance.md.",
      "Run it while the machine does nothing else. Detection of shifts is measured by its own"
          + " subcommand alone: it is no matter of speed."
    },
    footer = {
      "",
      "Examples:",
      "  dynadiff bench --hold 600",
      "  dynadiff bench --part experts,latency"
    },
    subcommands = {
      ShiftDetectionCommand.class,
      KernelsCommand.class,
      ExpertsCommand.class,
      OnlineCommand.class,
      GenerationCommand.class,
      WireCommand.class,
      ScalingCommand.class,
      ReportCommand.class
    })
public final class BenchCommand extends MeasuringCommand {

  private static final int ROUNDS_OF_EXPERTS = 9;

  @Mixin private LoadOptions load;

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      defaultValue = "python3",
      description =
          "A Python with PyTorch for the part experts; left out where there is none (default:"
              + " ${DEFAULT-VALUE}).")
  private String python;

  @Override
  protected List<BenchPart> parts() {
    List<BenchPart> parts = new ArrayList<>();
    parts.addAll(KernelsCommand.all());
    parts.add(new ExpertsPart(ROUNDS_OF_EXPERTS, python));
    parts.addAll(GenerationCommand.all());
    parts.addAll(load.parts());
    parts.addAll(WireCommand.all());
    parts.addAll(ScalingCommand.all());
    return parts;
  }

  @Override
  protected String file() {
    return "bench.json";
  }

  @Override
  protected String commandLine() {
    return super.commandLine() + load.text();
  }

  @Override
  protected void written(Path results, PrintWriter err) throws IOException {
    // Beside the results, which stand in the home of the project.
    new BenchReport(results.getParent().getParent()).write(results, err);
  }
}
