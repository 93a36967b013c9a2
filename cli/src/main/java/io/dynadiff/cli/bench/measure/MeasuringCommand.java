package io.dynadiff.cli.bench.measure;

import io.dynadiff.cli.physics.StageProgress;
import io.dynadiff.commands.CommandReport;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.BundleFormatException;
import io.dynadiff.models.expert.ProcessorThreads;
import io.dynadiff.trainer.evaluation.ResultsFile;
import io.dynadiff.trainer.stage.PeakMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command that runs measurements one after the other and writes their figures.
 *
 * <p>Only a complete and thorough run writes the results file without being told where: what was
 * measured in part, or quickly, must not take the place of what was measured well. One that was
 * stopped goes on with the part that it was in.
 */
public abstract class MeasuringCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--part",
      paramLabel = "NAME",
      split = ",",
      description = "Measure only these parts; a wrong name lists all.")
  private List<String> chosen = List.of();

  @Option(
      names = "--quick",
      description = "Small sizes and few repetitions: shows that it works, not how fast it is.")
  private boolean quick;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      defaultValue = "${sys:dynadiff.home:-.}/bundles/lambda-omega",
      description = "The Lambda-Omega bundle to measure with (default: ${DEFAULT-VALUE}).")
  private Path bundle;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the roles that are measured, as for `dynadiff run`. May be given several"
              + " times.")
  private Map<String, String> settings = new TreeMap<>();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where to write the figures (default: a file of the command's name in results/, which"
              + " only complete runs without --quick and --set write).")
  private Path output;

  /** Everything that the command can measure, in order. */
  protected abstract List<BenchPart> parts();

  /** Name of the results file. */
  protected abstract String file();

  /** The command line again, with what of it decides what the figures mean. */
  protected String commandLine() {
    return spec.qualifiedName(" ")
        + (chosen.isEmpty() ? "" : " --part " + String.join(",", chosen))
        + (quick ? " --quick" : "")
        + settings.entrySet().stream()
            .map(one -> " --set " + one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining());
  }

  /** Called when a complete and thorough run has written its results. */
  protected void written(Path results, PrintWriter err) throws IOException {}

  @Override
  public Integer call() throws Exception {
    List<BenchPart> parts = chosenParts();
    String commit = ResultsFile.commit();
    double loadBefore = load();
    Path home = Path.of(System.getProperty("dynadiff.home", ".")).toAbsolutePath().normalize();
    Path work = Files.createTempDirectory("dynadiff-bench-");
    PrintWriter err = spec.commandLine().getErr();
    try {
      // Found out now rather than after what needs no bundle has been measured.
      Bundle.open(bundle);
      PeakMemory.reset();
      StageProgress[] progress = new StageProgress[1];
      BenchRun run =
          new BenchRun(home, bundle, work, quick, settings, done -> progress[0].within(done));
      UnfinishedRun kept =
          UnfinishedRun.open(kept(home), commandLine() + " --bundle " + bundle, commit);
      if (complete()) {
        kept.restore(run);
        parts = parts.stream().filter(part -> !kept.parts().contains(part.name())).toList();
        if (!kept.parts().isEmpty()) {
          err.printf(
              "%s were measured before the last run was stopped; delete %s to measure them again%n",
              String.join(", ", kept.parts()), kept(home));
        }
      }
      double expected = parts.stream().mapToDouble(part -> part.expectedSeconds(run)).sum();
      progress[0] = new StageProgress(err, parts.size(), expected, System::nanoTime);
      double secondsBefore = complete() ? kept.seconds() : 0;
      for (BenchPart part : parts) {
        progress[0].begin(part.name(), part.expectedSeconds(run));
        part.measure(run);
        if (complete()) {
          kept.add(part.name(), run, secondsBefore + progress[0].seconds());
        }
      }
      run.figures().put("machine.peakMiB", PeakMemory.mebibytes());
      run.figures().put("machine.loadAverageBefore", loadBefore);
      run.figures().put("machine.loadAverageAfter", load());
      write(run, commit, home, secondsBefore + progress[0].seconds(), err);
      if (complete()) {
        kept.delete();
      }
      return CommandReport.DONE;
    } catch (BundleFormatException | NoSuchFileException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    } finally {
      delete(work, err);
    }
  }

  private List<BenchPart> chosenParts() {
    List<BenchPart> all = parts();
    List<String> names = all.stream().map(BenchPart::name).toList();
    for (String name : chosen) {
      if (!names.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "expected --part to be of " + names + ", found " + name);
      }
    }
    return chosen.isEmpty()
        ? all
        : all.stream().filter(part -> chosen.contains(part.name())).toList();
  }

  private void write(BenchRun run, String commit, Path home, double seconds, PrintWriter err)
      throws IOException {
    Map<String, Object> configuration = new TreeMap<>(run.configuration());
    configuration.put("threads", ProcessorThreads.count());
    configuration.put("heapMiB", Runtime.getRuntime().maxMemory() >> 20);
    configuration.put("processor", processor());
    configuration.put("sources", commit);
    configuration.put("bundle", bundle.getFileName().toString());
    boolean complete = complete();
    Optional<Path> file =
        Optional.ofNullable(output)
            .or(
                () ->
                    complete
                        ? Optional.of(home.resolve("results").resolve(file()))
                        : Optional.empty());
    if (file.isPresent()) {
      ResultsFile.write(
          file.get(),
          commandLine(),
          configuration,
          Map.of("feeds", 1L),
          seconds,
          run.figures().byName());
    }
    PrintWriter out = spec.commandLine().getOut();
    run.figures()
        .byName()
        .forEach((name, value) -> out.printf(Locale.ROOT, "%-64s %.5g%n", name, value));
    file.ifPresent(path -> out.println("results: " + path));
    out.flush();
    if (complete && output == null) {
      written(file.get(), err);
    }
  }

  /** Whether everything is measured, and well. */
  private boolean complete() {
    return chosen.isEmpty() && !quick && settings.isEmpty();
  }

  private Path kept(Path home) {
    return home.resolve(".dynadiff").resolve("bench").resolve(file());
  }

  private static double load() {
    return Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Model of the processor as Linux names it. */
  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static void delete(Path directory, PrintWriter err) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      err.printf("%s could not be deleted (%s); delete it by hand%n", directory, e);
      err.flush();
    }
  }
}
