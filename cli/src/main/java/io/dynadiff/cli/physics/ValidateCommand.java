package io.dynadiff.cli.physics;

import io.dynadiff.physics.validation.Check;
import io.dynadiff.physics.validation.Findings;
import io.dynadiff.physics.validation.Plot;
import io.dynadiff.physics.validation.StandardValidations;
import io.dynadiff.physics.validation.Validation;
import io.dynadiff.trainer.evaluation.ResultsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynadiff physics validate}: runs every check and writes the report with its plots. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Compare the solvers and readers with exact solutions, theory, the literature and known"
          + " files, and write a report with plots.",
      "Exit status 1 if a check fails."
    },
    footer = {"", "Example:", "  dynadiff physics validate --quick --output physics.md"})
final class ValidateCommand implements Callable<Integer> {
  /** Parts that take longer are left out when it must be quick. */
  private static final double QUICK_SECONDS = 20;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "Leave out what takes minutes; the report says so.")
  private boolean quick;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "${sys:dynadiff.home:-.}/docs/physics.md",
      description = "The report; plots go to images/physics beside it (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${sys:dynadiff.home:-.}/data",
      description = "Folder of the recorded files (default: data of the project).")
  private Path data;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(data)) {
      throw new ParameterException(
          spec.commandLine(), "--data: expected the folder of the recorded files, found " + data);
    }
    Path images = imagesFolder();
    String commit = ResultsFile.commit();
    List<Validation> all = StandardValidations.all(data);
    List<Validation> run =
        all.stream().filter(v -> !quick || v.expectedSeconds() <= QUICK_SECONDS).toList();
    List<ValidationReport.Section> sections = new ArrayList<>();
    StageProgress progress =
        new StageProgress(
            spec.commandLine().getErr(),
            run.size(),
            run.stream().mapToDouble(Validation::expectedSeconds).sum(),
            System::nanoTime);
    for (Validation validation : run) {
      progress.begin(validation.title(), validation.expectedSeconds());
      Findings findings = measure(validation, progress);
      for (Plot plot : findings.plots()) {
        ImageIO.write(PlotPicture.draw(plot), "png", images.resolve(plot.file() + ".png").toFile());
      }
      sections.add(
          new ValidationReport.Section(validation.title(), findings.checks(), findings.plots()));
    }
    ValidationReport report =
        new ValidationReport(
            "dynadiff physics validate" + (quick ? " --quick" : ""),
            commit,
            ResultsFile.machine(),
            LocalDate.now(ZoneOffset.UTC).toString(),
            progress.seconds(),
            sections,
            all.stream().filter(v -> !run.contains(v)).map(Validation::title).toList(),
            Gallery.picturesIn(images));
    Files.writeString(output, report.markdown());
    return say(report);
  }

  private Path imagesFolder() {
    Path images = output.toAbsolutePath().resolveSibling(ValidationReport.IMAGES);
    try {
      return Files.createDirectories(images);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--output: cannot write to " + images + ": " + e, e);
    }
  }

  /** A part that cannot be measured is a check that failed; the others go on. */
  private static Findings measure(Validation validation, StageProgress progress) {
    try {
      return validation.measurement().measure(progress::within);
    } catch (RuntimeException e) {
      String reason = "could not be measured: " + e.getMessage();
      return new Findings(
          List.of(new Check("-", validation.title(), reason, Double.NaN, 0, 0, "1")), List.of());
    }
  }

  private int say(ValidationReport report) {
    PrintWriter out = spec.commandLine().getOut();
    for (ValidationReport.Section section : report.sections()) {
      for (Check check : section.checks()) {
        if (!check.passed()) {
          out.printf(
              "FAILED %s: %s: expected %s within %s, found %s (%s)%n",
              check.system(),
              check.name(),
              ValidationReport.number(check.expected()),
              ValidationReport.number(check.tolerance()),
              ValidationReport.number(check.measured()),
              check.reference());
        }
      }
    }
    out.printf(
        "%d of %d checks passed; report: %s%n",
        report.checks() - report.failed(), report.checks(), output);
    out.flush();
    return report.failed() == 0 ? 0 : 1;
  }
}
