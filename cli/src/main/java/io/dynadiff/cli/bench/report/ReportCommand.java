package io.dynadiff.cli.bench.report;

import io.dynadiff.commands.CommandReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dynadiff bench report}: writes the measurements into the documents. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Write what a results file of `dynadiff bench` says into docs/performance.md, and draw its"
            + " picture; a complete run of `dynadiff bench` does so by itself.",
    footer = {"", "Example:", "  dynadiff bench report"})
public final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      defaultValue = "${sys:dynadiff.home:-.}/results/bench.json",
      description = "The results file (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "${sys:dynadiff.home:-.}",
      description = "The checkout whose documents are written (default: ${DEFAULT-VALUE}).")
  private Path home;

  @Override
  public Integer call() {
    try {
      new BenchReport(home).write(results, spec.commandLine().getErr());
      return CommandReport.DONE;
    } catch (IOException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    }
  }
}
